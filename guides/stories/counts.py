"""What can be counted of a text that is to be told. It is shown as it is: no score is made of it, no grade."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What the speaking time is reckoned with; the page says so. People speak faster and slower than this.
WORDS_A_MINUTE = 130

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_COUNTING = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|twice"
)
# 'Three hundred' and 'twenty-five' are one number.
_NUMBER_WORD = re.compile(rf"\b(?:{_COUNTING})(?:[ -](?:{_COUNTING}))*\b", re.IGNORECASE)
_I = re.compile(r"\bI\b|\bi(?=['’]|\s)")
_WE = re.compile(r"\b(?:we|us|our|ours)\b(?!\.[A-Z])", re.IGNORECASE)
_UNITED_STATES = re.compile(r"\bUS\b|\bU\.S\.")


@dataclass(frozen=True)
class Counts:
    """Counts of one text. `numbers` are those that it gives, in figures or words, as they stand there."""

    words: int
    numbers: list[str]
    first_person: int
    plural: int

    @property
    def seconds(self) -> int:
        """How long it takes to say, at WORDS_A_MINUTE."""
        return round(self.words * 60 / WORDS_A_MINUTE)

    @property
    def speaking_time(self) -> tuple[int, int]:
        """The same in minutes and seconds."""
        return divmod(self.seconds, 60)


def count(text: str) -> Counts:
    """Return what can be counted of `text`."""
    plain = _UNITED_STATES.sub("", text)
    numbers = sorted([*_FIGURE.finditer(text), *_NUMBER_WORD.finditer(text)], key=lambda found: found.start())
    return Counts(
        words=len(_WORD.findall(text)),
        numbers=[found[0] for found in numbers],
        first_person=len(_I.findall(plain)),
        plural=len(_WE.findall(plain)),
    )


def words_by_part(parts: Mapping[str, str]) -> dict[str, int]:
    """Return how many words each part of a story has; none where it is still to be written."""
    return {name: len(_WORD.findall(text)) for name, text in parts.items()}
