"""What is wrong with a file, said in one line to the person who imports it."""

from contextlib import contextmanager


class ImportFault(Exception):
    """A file cannot be imported: one sentence with the file, the place in it and the reason."""


@contextmanager
def reading(path):
    """Say in one line why a file cannot be read."""
    try:
        yield
    except OSError as error:
        raise ImportFault(f"{path}: cannot be read: {error.strerror or error}.") from error
