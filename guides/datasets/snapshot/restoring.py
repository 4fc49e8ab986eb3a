"""What a backup may leave out: the release brings it back."""

from typing import TYPE_CHECKING

from django.conf import settings

from ..publisher import publishers

if TYPE_CHECKING:
    from .tables import Table


def restored_tables() -> list[str]:
    """Return the names of the database tables all of whose rows the shipped snapshot holds.

    A table with a row that somebody imported is not one of them.
    """
    from ..models import Dataset
    from . import manifest, tables

    shipped = {part.sha256 for part in manifest.parts()} if settings.OFFICIAL_DATA else set()
    editions = list(Dataset.objects.values_list("pk", "form", "snapshot"))
    # Where a newer edition takes the place of an older, rows of several are one: all are restored, or none.
    mixed = {form for _pk, form, mark in editions if mark not in shipped and _is_one(form)}
    restored = [pk for pk, form, mark in editions if mark in shipped and form not in mixed]
    if not restored:
        return []
    return [
        table.model._meta.db_table
        for table in tables.tables().values()
        if table.model is not Dataset and not _has_others(table, restored)
    ]


def _has_others(table: "Table", restored: list[int]) -> bool:
    """Whether a table has rows of an edition that is not restored."""
    return table.model._base_manager.exclude(**{f"{table.path}__in": restored}).exists()


def _is_one(form: str) -> bool:
    publisher = publishers().get(form)
    return publisher is None or publisher.edition_key is not None
