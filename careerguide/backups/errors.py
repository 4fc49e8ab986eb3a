"""What cannot be backed up or brought back, said in one sentence to the person at the terminal."""

import errno
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError


class BackupError(CommandError):
    """Says in one sentence what is wrong, and what to do."""


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn what the system says about the file at `path`, or about its folder, into a sentence."""
    try:
        yield
    except PermissionError:
        raise BackupError(
            f"The user '{_user()}', as whom this runs, has no right to use {path}. "
            "Choose a folder that this user may enter, or change the rights."
        ) from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BackupError(f"The disk that holds {path} is full.") from None
        raise BackupError(f"{path} cannot be used: {error.strerror or error}.") from None


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn what the database says where it is away, locked or read-only into a sentence."""
    try:
        yield
    except DatabaseError as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        raise BackupError(
            f"The database says: {said}. Are DATABASE_URL and DATA_DIR the site's, and is there room on its disk?"
        ) from None


def _user() -> str:
    """The name of the user as whom this process works with files."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
