"""What the Bureau of Labor Statistics' publications have in common."""

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
