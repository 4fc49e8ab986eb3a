"""Whether a backup can be brought back: it is, into a scratch database, and that is held against the site's."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from guides.models import Guide

from . import engine, left_out
from .errors import BackupError
from .files import opened

PIECE = 1_000


@dataclass
class Table:
    """How many rows of a table are the same in both databases, and how many are in one of them alone."""

    name: str
    same: int
    in_backup: int
    on_site: int


def read_back(path: Path, patience: timedelta | None = None) -> list[Table]:
    """Bring the backup back into a scratch database, and compare every table; BackupError where that cannot be.

    Not those whose rows a backup leaves out. Bringing it back is ended where it takes longer than `patience`.
    """
    with opened(path):
        pass  # what is wrong with the file itself is said without a scratch database
    site = connections["default"]
    with engine().scratch() as address:
        _restore(path.absolute(), address, patience)
        scratch = type(site)({**site.settings_dict, "NAME": dj_database_url.parse(address)["NAME"]}, alias="scratch")
        try:
            # Rows that point at none: PostgreSQL refuses them itself.
            scratch.check_constraints()
            without = set(left_out())
            tables = [_compare(name, columns, scratch, site) for name, columns in _tables(site) if name not in without]
        finally:
            scratch.close()
    guides = next(table for table in tables if table.name == Guide._meta.db_table)
    if guides.on_site and not guides.same + guides.in_backup:
        raise BackupError(f"{path} has no guides, and the site has {guides.on_site}.")
    return tables


def _restore(path: Path, address: str, patience: timedelta | None) -> None:
    """Run the site's own command for it in a process of its own, which sees the scratch database alone."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", "--yes", str(path)]
    environment = os.environ | {"DATABASE_URL": address, "BACKUP_KEY": settings.BACKUP_KEY}
    seconds = patience.total_seconds() if patience else None
    try:
        result = subprocess.run(  # noqa: S603
            command, env=environment, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise BackupError(f"{path} was not brought back within {patience}.") from None
    if result.returncode:
        said = result.stderr.strip().splitlines() or [f"it ended with {result.returncode}"]
        raise BackupError(f"{path} cannot be brought back: {said[-1].partition('Error: ')[2] or said[-1]}")


def _tables(site: BaseDatabaseWrapper) -> Iterator[tuple[str, list[str]]]:
    """Every table of the site that there is, with its columns."""
    there = set(site.introspection.table_names())
    metas = {model._meta.db_table: model._meta for model in apps.get_models(include_auto_created=True)}
    for name in sorted(there & set(metas)):
        yield name, [field.column for field in metas[name].concrete_fields if field.column]


def _compare(name: str, columns: list[str], scratch: BaseDatabaseWrapper, site: BaseDatabaseWrapper) -> Table:
    in_backup, on_site = _rows(scratch, name, columns), _rows(site, name, columns)
    return Table(name, len(in_backup & on_site), len(in_backup - on_site), len(on_site - in_backup))


def _rows(database: BaseDatabaseWrapper, table: str, columns: list[str]) -> set[bytes]:
    """A digest of each row of the table."""
    quote = database.ops.quote_name
    with database.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")  # noqa: S608
        pieces = iter(lambda: cursor.fetchmany(PIECE), [])
        return {hashlib.blake2b(repr(row).encode(), digest_size=16).digest() for piece in pieces for row in piece}
