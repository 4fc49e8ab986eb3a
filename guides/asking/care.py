"""Questions of the person who asks: danger gets a human line and no search; others whom to ask (care.toml)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from . import words

# What stands for 'don't' and 'I'm' where another sign or a space was typed for the apostrophe.
SHORTENED = re.compile(
    r"\b(can|don|won|isn|doesn|didn|couldn|wouldn|shouldn|aren|wasn|i|there|he|she|it|we|they|you) (t|m|s|ll|ve|d|re)\b"
)


@dataclass(frozen=True)
class Care:
    """What is said to one kind of question, where it leads as `(name, address)`, whose words that is and when read."""

    slug: str
    asks: re.Pattern[str]
    heading: str
    text: str
    links: Sequence[tuple[str, str]]
    source: str
    read_on: date | None
    is_crisis: bool
    is_everywhere: bool
    # Whether passages of the guides would be beside the point.
    is_alone: bool


@cache
def everything() -> list[Care]:
    """Return what care.toml says."""
    return [
        Care(
            each["slug"],
            re.compile("|".join(f"(?:{line})" for line in each["asks"].strip().splitlines())),
            each["heading"],
            " ".join(each["text"].split()),
            [(link["name"], link["address"]) for link in each["links"]],
            each.get("source", ""),
            date.fromisoformat(each["read_on"]) if "read_on" in each else None,
            each.get("crisis", False),
            each.get("crisis", False) or each.get("everywhere", False),
            each.get("alone", False),
        )
        for each in words.read("care.toml")["care"]
    ]


def urgent(text: str) -> list[Care]:
    """Return what is to be said to `text` wherever it was typed, in a field that asks for something else too."""
    return [each for each in concerns(text) if each.is_everywhere]


def concerns(text: str) -> list[Care]:
    """Return what is to be said to `text`: of danger alone, where it speaks of that."""
    line = SHORTENED.sub(r"\1\2", " ".join(words.spoken(text)))
    found = [each for each in everything() if each.asks.search(line)]
    crises = [each for each in found if each.is_crisis]
    return crises or found[:1]
