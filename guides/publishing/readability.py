"""How long a text is, and how old a reader it asks for."""

import re
from dataclasses import dataclass

# Years of schooling to years of age: children start school at about five or six.
SCHOOL_STARTS = 5


@dataclass(frozen=True)
class Readability:
    """`words` counts them; `age` is the age in years at which the text reads easily, None for too short a text."""

    words: int
    age: int | None


def measure(text: str) -> Readability:
    """Return the Readability of plain text or Markdown, by the Flesch-Kincaid grade."""
    plain = re.sub(r"\]\([^)]*\)|[*_#`>\[\]]", " ", text)
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", plain)
    sentences = [part for part in re.split(r"[.!?:]+(?:\s|$)|\n{2,}", plain) if part.strip()]
    if len(words) < 20:
        return Readability(len(plain.split()), None)
    syllables = sum(count_syllables(word) for word in words)
    grade = 0.39 * len(words) / max(len(sentences), 1) + 11.8 * syllables / len(words) - 15.59
    return Readability(len(plain.split()), max(SCHOOL_STARTS, round(grade) + SCHOOL_STARTS))


def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, a silent e left out."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouyáéíóúü]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye"))
    return max(1, groups - (silent and groups > 1))
