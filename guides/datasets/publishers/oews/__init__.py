"""The wage survey of the Bureau of Labor Statistics (OEWS): pay and jobs by occupation, of the nation and of areas."""

from django.utils.translation import gettext_lazy as _

from ...models import ImportedObservation
from ...publisher import CitedSource, Option
from .. import bureau
from .reading import read
from .storing import store


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a figure of the survey: one for each May."""
    return CitedSource(
        slug=f"bls-oews-{imported.year}",
        short_name="BLS OEWS",
        title=f"Occupational Employment and Wage Statistics, national estimates, {imported.period}",
        url="https://www.bls.gov/oes/tables.htm",
        note="A survey of employers. It does not count the self-employed.",
    )


PUBLISHER = bureau.publisher(
    slug="oews",
    label=_("BLS wage survey (OEWS)"),
    credit="Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, {edition}.",
    read=read,
    cite=cite,
    store=store,
    options=[Option("period", "the survey's month, where the file does not say it: 'May 2024'")],
)
