"""What people type, made safe to store and to print: plain text, one kind of line break, no control characters."""

import re
from typing import Any

# Control characters but for tab and line break, halves of characters, the mark at the start of files, and code points
# that are none.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
LONGEST_LINE, LONGEST_TEXT = 300, 5_000


def clean(text: str) -> str:
    """Return `text` with line breaks of one kind and nothing that a document cannot hold."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_all(value: Any) -> Any:
    """Return plain data with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_all(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean_all(item) for key, item in value.items()}
    return value


def lines(text: str) -> list[str]:
    """The lines of `text` that say something, without the bullets that people paste along."""
    stripped = (re.sub(r"^(\s*[-*•·]\s)+", "", line).strip() for line in text.splitlines())
    return [line for line in stripped if line]
