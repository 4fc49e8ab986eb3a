"""A text in sentences, to show which of them something is said of."""

import re
from collections.abc import Iterator

# A full stop ends a sentence where a new one begins after it: not 'U.S. Bureau', hardly ever 'No. 5'.
_END = re.compile(r"(?<=[.!?])[\"”’)*]*\s+(?=[\"“\u2018(*\[{]*[A-Z0-9{$])|\n\s*\n|\n(?=\s*(?:[-*+>#]|\d+\.) )")
# A space that does not break is part of what it stands in: a number.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LIST = re.compile(r"\s*(?:(?:[-*+>]|#+)\s+)*")
_MARKUP = re.compile(r"^[-*+>#\s]+|\*\*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")


def without_links(sentence: str) -> str:
    """Return a sentence of Markdown with the words of its links alone."""
    return _LINK.sub(r"\1", sentence)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a text begins and ends, what makes it a point of a list left out."""
    start = 0
    for end, following in [*(match.span() for match in _END.finditer(text)), (len(text), len(text))]:
        start += len(_LIST.match(text[start:end])[0])  # type: ignore[index]  # it matches nothing at all, too
        if text[start:end].strip():
            yield start, start + len(text[start:end].rstrip())
        start = following


def on_one_line(part: str) -> str:
    """A sentence of Markdown on one line, without what makes lists and bold."""
    return _SPACE.sub(" ", _MARKUP.sub("", part)).strip()


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a plain text or of Markdown, each on one line and without what makes lists and bold."""
    for start, end in spans(text):
        if sentence := on_one_line(text[start:end]):
            yield sentence
