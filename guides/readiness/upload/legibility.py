"""Whether what came out of a file is words at all: a file may look right and hold no text that says what it shows."""

import re
from enum import Enum

from django.utils.translation import gettext_lazy as _

from ..words import WORD, is_word

ADDRESSES = re.compile(r"\S+@\S+|\S*(?:://|www\.)\S+")
LONGEST_WORD = 20  # letters; what is longer and no word is several of them
FEWEST_LETTERS = 30  # fewer say nothing


class Flaw(Enum):
    """What is wrong with a text, said to the person whose it is."""

    RUN_TOGETHER = _("Its words run together: the spaces between them are lost.")
    APART = _("Its letters stand one by one, with spaces between them.")
    UNKNOWN = _(
        "Few of its words are English: it is in another language, or the file holds other signs than it shows. "
        "We look for English words only."
    )


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, without web and email addresses: these are long and no words."""
    return WORD.findall(ADDRESSES.sub(" ", text).casefold())


def known_share(words: list[str]) -> float:
    """How much of the letters of `words` stands in English words, from 0 to 1; 1 where there is nothing to judge."""
    letters = sum(map(len, words))
    return sum(len(word) for word in words if is_word(word)) / letters if letters >= FEWEST_LETTERS else 1.0


def flaw_of(text: str) -> Flaw | None:
    """What is wrong with `text`; None where it reads as English. Resumes of all kinds have 79 % or more known letters,
    files whose spaces are lost next to none."""
    words = words_of(text)
    letters = sum(map(len, words))
    if letters < FEWEST_LETTERS:
        return None
    if sum(len(word) for word in words if len(word) > LONGEST_WORD and not is_word(word)) > letters / 10:
        return Flaw.RUN_TOGETHER
    if sum(len(word) == 1 for word in words) > len(words) / 3:
        return Flaw.APART
    return Flaw.UNKNOWN if known_share(words) < 0.5 else None
