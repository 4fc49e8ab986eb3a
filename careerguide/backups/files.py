"""What a file must be before anything is replaced by what it holds."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from . import ENGINES, encryption, engine
from .errors import BackupError, file_errors
from .scratch import private_folder


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Read all of the file, and give one that the database's engine can load: of an encrypted one, what is in it.

    BackupError unless it is a whole backup that this release can bring back.
    """
    with file_errors(path):
        if not path.exists():
            raise BackupError(f"There is no file {path.absolute()}.")
        with path.open("rb") as file:
            start = file.read(100)
    if not start.startswith(encryption.START):
        _examine(path, path)
        yield path
        return
    with private_folder() as folder:
        plain = folder / path.name
        with file_errors(plain):
            encryption.decrypt(path, plain, settings.BACKUP_KEY)
        _examine(path, plain)
        yield plain


def _examine(path: Path, plain: Path) -> None:
    """Refuse what this release cannot bring back: `path` names it, and it can be read in `plain`."""
    with plain.open("rb") as file:
        _refuse_other_form(path, file.read(100))
    applied = engine().applied(plain)
    if not any(app == "guides" for app, _name in applied):
        raise BackupError(f"{path} is no backup of this site: it has none of its tables.")
    _refuse_newer(path, applied)


def _refuse_other_form(path: Path, start: bytes) -> None:
    """Say what the file is, going by how it starts, where it is not of the form of the site's database."""
    form = next((each.NAME for each in ENGINES.values() if start.startswith(each.SIGNATURE)), None)
    if form is None:
        what = "is empty" if not start else "is no file that `backup` wrote"
        raise BackupError(f"{path} {what}.")
    if form != engine().NAME:
        raise BackupError(
            f"{path} is a backup of {form}, and this site's database is {engine().NAME}. "
            "Set DATABASE_URL to a database of the backup's kind."
        )


def _refuse_newer(path: Path, applied: set[tuple[str, str]]) -> None:
    """Refuse what a newer release wrote: this one would run on tables that it does not know."""
    if newer := of_newer_release(applied):
        raise BackupError(
            f"{path} is from a newer release of the site, which has {', '.join(newer)}. "
            "Bring the project up to date first."
        )


def of_newer_release(applied: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the migrations, pairs of app and name, that this release does not know yet."""
    known: dict[str, set[str]] = {}
    for app, name in MigrationLoader(None).disk_migrations:
        known.setdefault(app, set()).add(name)
    # An older name may have gone when migrations were joined to one; a newer one sorts behind all that are known.
    return sorted(f"{app}.{name}" for app, name in applied if app in known and name > max(known[app]))
