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


# Words that may stand in a question of somebody in trouble that no pattern understands: it goes into no address.
TENDER = re.compile(
    r"\b(touch\w*|harass\w*|grop\w+|rap(e|ed|ing|ist)|assault\w*|abus\w+|molest\w*|bull(y|ies|ied|ying)|stalk\w*|hurt\w*|"
    r"hit|hits|beat\w*|chok\w+|threat\w*|afraid|scared|unsafe|danger|die|dying|dead|death|kill\w*|suicid\w*|pills?|overdos\w*|"
    r"passport|traffick\w*|trapped|alone|hopeless|depress\w*|pregnan\w*|hiv|cancer|addict\w*|drugs?|felon\w*|morir|matar\w*|"
    r"vivir|miedo|pega|golpea|acos\w+)\b"
)


@dataclass(frozen=True)
class Link:
    """Where a sentence leads; `language` where that is not the site's."""

    name: str
    address: str
    language: str = ""


@dataclass(frozen=True)
class Care:
    """What is said to one kind of question, where it leads, whose words that is and when they were read."""

    slug: str
    asks: re.Pattern[str]
    heading: str
    text: str
    links: Sequence[Link]
    source: str
    read_on: date | None
    is_crisis: bool
    is_everywhere: bool
    # Whether passages of the guides would be beside the point; whether those of a job are that was not named.
    is_alone: bool
    needs_job: bool


@cache
def everything() -> list[Care]:
    """Return what care.toml says."""
    return [
        Care(
            each["slug"],
            re.compile("|".join(f"(?:{line})" for line in each["asks"].strip().splitlines())),
            each["heading"],
            " ".join(each["text"].split()),
            [Link(**link) for link in each["links"]],
            each.get("source", ""),
            date.fromisoformat(each["read_on"]) if "read_on" in each else None,
            each.get("crisis", False),
            each.get("crisis", False) or each.get("everywhere", False),
            each.get("alone", False),
            each.get("needs_job", False),
        )
        for each in words.read("care.toml")["care"]
    ]


def urgent(text: str) -> list[Care]:
    """Return what is to be said to `text` wherever it was typed, in a field that asks for something else too."""
    return [each for each in concerns(text) if each.is_everywhere]


def concerns(text: str) -> list[Care]:
    """Return what is to be said to `text`: of danger alone, where it speaks of that."""
    line = _line(text)
    found = [each for each in everything() if each.asks.search(line)]
    crises = [each for each in found if each.is_crisis]
    return crises or found[:1]


def is_tender(text: str) -> bool:
    """Whether `text` may tell of trouble or of what is nobody's business, understood or not."""
    return bool(TENDER.search(_line(text)))


def _line(text: str) -> str:
    return SHORTENED.sub(r"\1\2", " ".join(words.spoken(text)))
