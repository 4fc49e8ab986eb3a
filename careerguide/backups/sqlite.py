"""Backups of SQLite: the file is a database itself, copied page by page with SQLite's own backup."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from .errors import BackupError
from .scratch import scratch_folder

SIGNATURE = b"SQLite format 3\0"
NAME = "SQLite"
# A scratch database is made only where so many of the site's size have room: it must not fill the site's own disk.
ROOM_FOR = 2


def write(path: Path, without: Sequence[str] = ()) -> None:
    """Copy the database to `path`; SQLite waits for writers and takes in what they write."""
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
            _empty(target, without)
            if not _is_whole(target):
                raise BackupError("The copy is damaged: check the disk, and try again.")
    except sqlite3.Error as error:
        raise BackupError(f"The copy was not made: {error}.") from None


def applied(path: Path) -> set[tuple[str, str]]:
    """Read all of the backup and return its migrations."""
    try:
        with closing(_opened(path)) as source:
            if not _is_whole(source):
                raise BackupError(f"{path} is damaged, cut off or of a newer SQLite.")
            tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
            if "django_migrations" not in tables:
                return set()
            return set(source.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as error:
        raise BackupError(f"{path} is damaged, cut off or of a newer SQLite: {error}.") from None


def load(path: Path) -> None:
    """Copy the backup over the database, in one transaction of SQLite's own."""
    connection.ensure_connection()
    try:
        with closing(_opened(path)) as source:
            source.backup(connection.connection)
    except sqlite3.Error as error:
        raise BackupError(f"Nothing was changed: {error}.") from None
    finally:
        connection.close()


@contextmanager
def scratch() -> Iterator[str]:
    """A new file beside the database, where there is as much room."""
    file = Path(connection.settings_dict["NAME"]).absolute()
    beside = file.parent
    if shutil.disk_usage(beside).free < ROOM_FOR * file.stat().st_size:
        raise BackupError(f"The disk that holds {beside} has no room for a scratch database. Make some, and try again.")
    with scratch_folder(beside) as folder:
        yield f"sqlite:///{quote(str(folder))}/scratch.sqlite3"


def _empty(target: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Take the rows out of the tables, and give back their room."""
    if tables:
        for table in tables:
            target.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own models
        target.commit()
        target.execute("VACUUM")


def _is_whole(database: sqlite3.Connection) -> bool:
    """Whether SQLite finds no page amiss."""
    return str(database.execute("PRAGMA integrity_check").fetchone()[0]) == "ok"


def _opened(path: Path) -> sqlite3.Connection:
    """Open the backup for reading."""
    # It stands alone: opened as one that never changes, it gets no files beside it.
    alone = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro{alone}", uri=True)
