"""The Employment Projections of the Bureau of Labor Statistics: the workbook of projections by occupation."""

from django.utils.translation import gettext_lazy as _

from ...models import ImportedObservation
from ...publisher import CitedSource, Option
from .. import bureau
from .reading import read
from .storing import store


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a projected figure: the tables by occupation, one source an edition."""
    return CitedSource(
        slug=f"bls-ep-table-1-2-{imported.year}",
        short_name="BLS Projections",
        title=f"Employment Projections, {imported.dataset.edition}: tables 1.2 and 1.10, by occupation",
        url="https://www.bls.gov/emp/",
        note="They count jobs in another way than the wage survey, so the two totals differ.",
    )


PUBLISHER = bureau.publisher(
    slug="projections",
    label=_("BLS Employment Projections"),
    credit="Source: U.S. Bureau of Labor Statistics, Employment Projections, {edition}.",
    read=read,
    cite=cite,
    store=store,
    options=[Option("older", "import an older edition than one that is here", is_flag=True)],
)
