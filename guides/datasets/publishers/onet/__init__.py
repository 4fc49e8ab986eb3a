"""The O*NET database: a folder of its files, text or Excel, of one edition.

`tables` says what is read of it, `folder` finds the files, `reading` takes them apart, `storing` keeps the result;
guides/datasets/profiles.py reads what was kept.
"""

from django.utils.translation import gettext_lazy as _

from ...models import ImportedObservation
from ...profiles import edition_order
from ...publisher import CitedSource, Option, Publisher
from .reading import read
from .storing import store


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a figure that a guide takes over: one for each edition of the database."""
    edition = imported.dataset.edition
    return CitedSource(
        slug=f"onet-{edition.replace('.', '-')}-{imported.year}",
        short_name=f"O*NET {edition}",
        title=f"O*NET {edition} Database",
        url="https://www.onetcenter.org/database.html",
    )


# The words that the O*NET license page gives for a site that shows part of the database.
CREDIT = (
    "This page includes information from the O*NET {edition} %s by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. The "
    "information shown is a selection; USDOL/ETA has not approved, endorsed, or tested it."
)
PUBLISHER = Publisher(
    slug="onet",
    label=_("O*NET database"),
    organisation="U.S. Department of Labor, Employment and Training Administration (USDOL/ETA)",
    credit=CREDIT % "Database",
    credit_of_several=CREDIT % "Databases",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    read=read,
    cite=cite,
    store=store,
    options=[
        Option("edition", "the database's number, where the folder does not say it: 27.0"),
        Option("older", "replace also what is here of a newer edition", is_flag=True),
        Option("keep_newer", "leave what is here of a newer edition, and import the rest", is_flag=True),
    ],
    metavar="FOLDER",
    edition_key=edition_order,
)
