"""Questions of the person who asks: danger gets a human line and no search; others whom to ask (care.toml)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from . import words


@dataclass(frozen=True)
class Care:
    """What is said to one kind of question, where it leads as `(name, address)`, whose words that is and when read."""

    slug: str
    asks: re.Pattern[str]
    heading: str
    text: str
    links: Sequence[tuple[str, str]]
    source: str
    read_on: date
    is_crisis: bool


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
            each["source"],
            date.fromisoformat(each["read_on"]),
            each.get("crisis", False),
        )
        for each in words.read("care.toml")["care"]
    ]


def concerns(text: str) -> list[Care]:
    """Return what is to be said to `text`: of danger alone, where it speaks of that."""
    line = " ".join(words.spoken(text))
    found = [each for each in everything() if each.asks.search(line)]
    crises = [each for each in found if each.is_crisis]
    return crises or found[:1]
