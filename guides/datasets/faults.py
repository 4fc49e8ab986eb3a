"""What is wrong with a file, said in one line to the person who imports it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ImportFault(Exception):
    """A file cannot be imported: one sentence with the file, the place in it and the reason."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in one line why a file cannot be read."""
    try:
        yield
    except OSError as error:
        raise ImportFault(f"{path}: cannot be read: {error.strerror or error}.") from error
