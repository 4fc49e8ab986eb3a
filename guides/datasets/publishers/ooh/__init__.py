"""The Occupational Outlook Handbook of the Bureau of Labor Statistics."""

from django.utils.translation import gettext_lazy as _

from guides.models import Figure

from ...models import ImportedObservation
from ...publisher import CitedSource, Option
from .. import bureau
from .reading import read, store

# The Handbook prints the projections; its pay and education are its own pages' words.
PROJECTED = {Figure.Measure.EMPLOYMENT, Figure.Measure.CHANGE, Figure.Measure.OPENINGS}


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a figure: the entry's page, or the projections that it prints."""
    if imported.measure in PROJECTED:
        return bureau.cite_projections(imported)
    return CitedSource(
        slug=f"bls-ooh-{imported.entry[:45]}-{imported.year}",
        short_name="BLS Handbook",
        title=f"Occupational Outlook Handbook: {imported.title}",
        url=imported.url,
    )


PUBLISHER = bureau.publisher(
    slug="ooh",
    label=_("BLS Occupational Outlook Handbook"),
    credit="Source: U.S. Bureau of Labor Statistics, Occupational Outlook Handbook, {edition}.",
    read=read,
    cite=cite,
    store=store,
    options=[
        Option("pay_period", "the month its pay is of, where it is not May of the projections' first year"),
        Option("older", "import an older edition than one that is here", is_flag=True),
    ],
    quotes=True,
)
