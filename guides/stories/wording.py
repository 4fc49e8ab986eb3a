"""A story's words as a resume line and as a paragraph of a letter. The person goes on from there."""

import re
from collections.abc import Iterable

LONGEST_LINE = 300
_FIRST = re.compile(r"(?<=[.!?])\s+")
# A resume line begins with the verb.
_PRONOUN = re.compile(r"^(?:(?:so|then|and|first)[, ]+)?I(?:\s+then)?\s+", re.IGNORECASE)


def resume_line(action: str, result: str) -> str:
    """Return what was done and what came of it as one line that begins with the verb.

    Where that is longer than a line takes, the first sentence of each; and what then is still too long is left for
    the person to shorten.
    """
    whole = _joined(action, result)
    return whole if len(whole) <= LONGEST_LINE else _joined(_first_sentence(action), _first_sentence(result))


def paragraph(parts: Iterable[str]) -> str:
    """Return the parts of a story one after the other, as one paragraph."""
    return " ".join(_sentence(part) for part in parts if part.strip())


def _joined(action: str, result: str) -> str:
    begun = _PRONOUN.sub("", " ".join(action.split()), count=1)
    sentences = [_sentence(begun[:1].upper() + begun[1:]), _sentence(result)]
    return " ".join(filter(None, sentences))


def _sentence(text: str) -> str:
    """Return `text` on one line with a full stop at its end."""
    line = " ".join(text.split())
    return f"{line}." if line and line[-1].isalnum() else line


def _first_sentence(text: str) -> str:
    return _FIRST.split(" ".join(text.split()), maxsplit=1)[0]
