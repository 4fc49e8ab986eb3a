"""What shows a skill without naming it: a duty with its object, and the names too common to show anything alone.

Both are read from evidence.toml beside this module: rules for every text, not for single cases.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .words import listed, roots

FILE = Path(__file__).parent / "evidence.toml"
WORDS_BETWEEN = 4  # between a verb and its object, where a rule does not say `within`


@dataclass(frozen=True)
class Duty:
    """A verb and its object, as they stand in a sentence of roots."""

    pattern: re.Pattern[str]
    in_a_library: bool


@dataclass(frozen=True)
class Rules:
    """Everything in the file: duties by a skill's slug, and the names that need more than themselves."""

    duties: dict[str, list[Duty]]
    library: re.Pattern[str]
    in_a_library: frozenset[str]
    everyday: frozenset[str]


def any_of(phrases: list[str]) -> str:
    """A pattern for any of these phrases, whole words only, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(set(phrases), key=len, reverse=True))) + ")"


def duty(row: dict[str, Any]) -> Duty:
    """A row of the file, with its verbs and objects as one pattern over a sentence of roots."""
    verbs, objects = any_of(listed(row["do"])), any_of(listed(row["to"]))
    pattern = rf"(?<= )({verbs})(?: \S+){{0,{row.get('within', WORDS_BETWEEN)}}}? ({objects})(?= )"
    return Duty(re.compile(pattern), row.get("in_a_library", False))


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules, read once."""
    with FILE.open("rb") as file:
        content = tomllib.load(file)
    return Rules(
        {slug: [duty(row) for row in rows] for slug, rows in content["duties"].items()},
        re.compile(rf"(?<= ){any_of(listed(content['library']))}(?= )"),
        frozenset(listed(content["in_a_library"])),
        frozenset(listed(content["everyday"])),
    )


def is_everyday(name: str) -> bool:
    """Whether a skill's name shows nothing alone, in any sentence."""
    return roots(name) in rules().everyday


def is_of_libraries(name: str) -> bool:
    """Whether a skill's name means something else outside a library."""
    return roots(name) in rules().in_a_library
