"""How a place of a text that does not reach readers as it was typed is named: by its line and its words."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from markdown_it.token import Token

MOST_QUOTED = 60


@dataclass(frozen=True)
class TextFault:
    """What is wrong at a line of a text, counted from one, and whether it keeps the text from readers."""

    line: int
    message: str
    stops: bool = True

    def __str__(self) -> str:
        return _("Line %(line)d: %(message)s") % {"line": self.line, "message": self.message}


def quoted(words: str) -> str:
    """The beginning of what was typed, in quotation marks."""
    return f"“{Truncator(' '.join(words.split())).chars(MOST_QUOTED)}”"


def line_of(words: str, token: Token, lines: list[str]) -> int:
    """The line, counted from one, on which `words` stand: within the block that `token` is of, if that is known."""
    first, end = token.map or (0, len(lines))
    for number in range(first, min(end, len(lines))):
        if words in lines[number]:
            return number + 1
    return first + 1
