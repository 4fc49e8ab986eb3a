"""Tables that are broken: what looks like one and is none, and rows that do not have the cells of their head."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from .text_faults import TextFault, quoted

# The line below the head of a table, and what only a row of one looks like.
_DASHES = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?|\|\s*:?-+:?\s*\|?")
_ROW = re.compile(r"\|.*\|")
_BEFORE = re.compile(r"^[\s>]*")


def faults(tokens: list[Token], lines: list[str]) -> Iterator[TextFault]:
    """Yield what is wrong with the tables of a text."""
    inside = False
    for token in tokens:
        if token.type == "table_open":
            inside = True
            yield from _uneven(token, lines)
        elif token.type == "table_close":
            inside = False
        elif token.type == "inline" and not inside and token.map:
            yield from _no_table(token.map[0], token.content.split("\n"))


def _cells(line: str) -> int:
    """How many cells a row has; the bars at its ends are none."""
    row = _BEFORE.sub("", line).strip()
    cells = escapedSplit(row)
    return len(cells) - (row.startswith("|")) - (len(cells) > 1 and not cells[-1].strip())


def _uneven(table: Token, lines: list[str]) -> Iterator[TextFault]:
    """Rows with more or fewer cells than the table's head, and a table that nothing says what it shows."""
    first, end = table.map or (0, 0)
    wanted = _cells(lines[first + 1])
    if table.meta.get("caption") is None:
        said = _("The table has no caption: write “Table: ” and what it shows above it, with an empty line between.")
        yield TextFault(first + 1, said, stops=False)
    for place in range(first + 2, min(end, len(lines))):
        count = _cells(lines[place])
        if count != wanted:
            said = ngettext(
                "%(words)s: this row of the table has %(count)d cell, its head has %(wanted)d.",
                "%(words)s: this row of the table has %(count)d cells, its head has %(wanted)d.",
                count,
            )
            words = {"words": quoted(lines[place]), "count": count, "wanted": wanted}
            yield TextFault(place + 1, said % words)


def _no_table(first: int, lines: list[str]) -> Iterator[TextFault]:
    """A paragraph with what looks like rows of a table."""
    rows = [place for place, line in enumerate(lines) if _ROW.fullmatch(_BEFORE.sub("", line).strip())]
    dashes = [place for place, line in enumerate(lines) if _DASHES.fullmatch(_BEFORE.sub("", line).strip())]
    if dashes and dashes[0]:
        head = lines[dashes[0] - 1]
        said = _(
            "%(words)s is no table: its head has %(head)d cells, the line of dashes below it has %(dashes)d. Both need "
            "the same number."
        )
        words = {"words": quoted(head), "head": _cells(head), "dashes": _cells(lines[dashes[0]])}
        yield TextFault(first + dashes[0], said % words)
    elif rows or dashes:
        place = (rows or dashes)[0]
        said = _("%(words)s is no table: below its head it needs a line of dashes, such as | --- | --- |.")
        yield TextFault(first + place + 1, said % {"words": quoted(lines[place])})
