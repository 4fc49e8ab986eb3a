"""What the Bureau of Labor Statistics' publications have in common."""

import re
from pathlib import Path

from ..files import workbooks
from ..models import ImportedObservation
from ..publisher import CitedSource

ORGANISATION = "U.S. Bureau of Labor Statistics"
LICENCE = "U.S. government work, public domain"
LICENCE_URL = "https://www.bls.gov/bls/linksite.htm"


def cite_projections(imported: ImportedObservation) -> CitedSource:
    """Return the source of a projected figure where the Handbook prints it."""
    return CitedSource(
        slug=f"bls-ep-{imported.year}",
        short_name="BLS Projections",
        title=f"Employment Projections, {imported.dataset.edition}",
        url="https://www.bls.gov/emp/",
        note="Read as the Handbook prints them.",
    )


# What the Bureau's workbooks say of themselves in their first rows, and which import reads them.
WORKBOOKS = [
    (re.compile(r"Occupational projections, 20\d\d"), "the workbook of the Employment Projections: import_projections"),
    (re.compile(r"(?:OEWS|OES) Estimates"), "a workbook of the wage survey: import_oews"),
]


def describe_workbook(path: Path) -> str:
    """Return the sentence on an Excel workbook that stands where another file is wanted. Raises ImportFault."""
    with workbooks.opened(path) as workbook:
        texts = list(workbooks.words(path, workbook))
    for pattern, name in WORKBOOKS:
        if any(pattern.search(text) for text in texts):
            return f"is {name} reads it."
    return "is an Excel workbook, where a table in text or the publisher's XML is wanted."
