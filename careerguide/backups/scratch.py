"""Folders for what stands there only while a command runs."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from ..environment import made_folder

PREFIX = "scratch-"
# Nothing is at work for so long: the command that made it was killed.
LOST_SECONDS = 24 * 3600


@contextmanager
def scratch_folder(inside: Path) -> Iterator[Path]:
    """A new folder in the folder `inside`, for this user alone; what killed commands left there goes first."""
    for old in inside.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > LOST_SECONDS:
                shutil.rmtree(old)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=inside) as folder:
        yield Path(folder)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A new folder where the site's own data is: what is in an encrypted backup goes to no other place."""
    with scratch_folder(made_folder(settings.DATA_DIR)) as folder:
        yield folder
