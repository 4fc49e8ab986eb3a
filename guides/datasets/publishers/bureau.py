"""What the Bureau of Labor Statistics' publications have in common."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..faults import ImportFault
from ..files import workbooks
from ..models import ImportedObservation
from ..publisher import CitedSource, Publisher

if TYPE_CHECKING:
    from openpyxl import Workbook

# A Publisher of what the Bureau publishes.
publisher = partial(
    Publisher,
    organisation="U.S. Bureau of Labor Statistics",
    licence="U.S. government work, public domain",
    licence_url="https://www.bls.gov/bls/linksite.htm",
)


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
    (
        "import_projections",
        re.compile(r"Occupational projections, 20\d\d"),
        "the workbook of the Employment Projections",
    ),
    ("import_oews", re.compile(r"(?:OEWS|OES) Estimates"), "a workbook of the wage survey"),
]


def refuse_other_workbook(path: Path, workbook: "Workbook", command: str) -> None:
    """Refuse a workbook that another import than `command` reads, and name that. Raises ImportFault."""
    texts = list(workbooks.words(path, workbook))
    for reader, pattern, name in WORKBOOKS:
        if reader != command and any(pattern.search(text) for text in texts):
            raise ImportFault(f"{path}: is {name}: {reader} reads it.")
