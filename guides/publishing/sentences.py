"""A text in sentences, to show which of them something is said of."""

import re
from collections.abc import Iterator

# A full stop ends a sentence where a new one begins after it: not 'U.S. Bureau', hardly ever 'No. 5'.
_END = re.compile(r"(?<=[.!?])[\"”’)*]*\s+(?=[\"“\u2018(*\[{]*[A-Z0-9{$])|\n\s*\n|\n(?=\s*(?:[-*+>#]|\d+\.) )")
# A space that does not break is part of what it stands in: a number.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_MARKUP = re.compile(r"^[-*+>#\s]+|\*\*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")


def without_links(sentence: str) -> str:
    """Return a sentence of Markdown with the words of its links alone."""
    return _LINK.sub(r"\1", sentence)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a plain text or of Markdown, each on one line and without what makes lists and bold."""
    for part in _END.split(text):
        if sentence := _SPACE.sub(" ", _MARKUP.sub("", part)).strip():
            yield sentence
