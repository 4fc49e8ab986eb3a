"""What a log may say of an address: keys that open something stand in none, whichever page they were sent to."""

import logging
import re
from functools import lru_cache

# The part of a preview's address that opens it, unless it is an editor's own (guides/views/preview.py).
PREVIEW = re.compile(r"^(/preview/)(?!(?:draft|edition)-\d+/)[^/]+")
# What looks like a key of a plan, a visit, a helper, an invitation: no address of ours holds one, people paste them.
KEY = re.compile(
    r"(?:visit|helper|calendar|browser|feed|closings)-[A-Za-z0-9_-]{8,}"  # by its own first word
    r"|(?:[0-9][^0-9A-Za-z/]{0,3}){25,}"  # digits, in groups or not
    r"|(?<![A-Za-z0-9_-])(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{16,}"  # letters as chance has them: our names are small
    r"|(?<![A-Za-z0-9_-])(?=[a-z_-]*[0-9])[A-Za-z0-9_-]{22}(?![A-Za-z0-9_.-])"
)
HIDDEN = "[key]"


@lru_cache(2048)
def loggable(path: str) -> str:
    """Return `path` without what may be a key. Looking takes 20 microseconds, a third of sending a stored page."""
    return KEY.sub(HIDDEN, PREVIEW.sub(rf"\1{HIDDEN}", path))


class HideKeys(logging.Filter):
    """Django's own lines name the address that failed; in ours it has no keys, and says which request it was."""

    def filter(self, record: logging.LogRecord) -> bool:
        from .request_ids import current

        if isinstance(record.args, tuple):
            # Of the words of a line only addresses: the name of a fault looks like a key to who knows no better.
            record.args = tuple(loggable(arg) if isinstance(arg, str) and "/" in arg else arg for arg in record.args)
        word = f"[{current.get()}] " if current.get() else ""
        setattr(record, "request", word)  # noqa: B010 (no attribute that logging declares)
        return True
