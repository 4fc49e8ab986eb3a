"""What the law mostly keeps from workers under 18: the occupations of which such work is the job itself (young.toml).

29 CFR Part 570, Subpart E, has seventeen orders for work that is not on a farm; states' laws on alcohol and gambling
add theirs. Which occupations are meant is our reading; states have rules of their own.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("young.toml")


@dataclass(frozen=True)
class Held:
    """Work that is mostly done from 18 on: what it is, and by which rule."""

    about: str
    rule: str


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def by_beginning() -> dict[str, Held]:
    """Return what holds an occupation back, by the beginning of its code, the longest first."""
    held = {code: Held(each["about"], each["rule"]) for each in _content()["work"] for code in each["codes"]}
    return dict(sorted(held.items(), key=lambda item: (-len(item[0]), item[0])))


def may_take_students(code: str) -> bool:
    """Whether some employers take people who are still in school for work for which a diploma is typical."""
    return code.startswith(tuple(_content()["students"]["codes"]))


def held_back(code: str) -> Held | None:
    """Return why an occupation is mostly done from 18 on, None where nothing is known that says so."""
    return next((held for beginning, held in by_beginning().items() if code.startswith(beginning)), None)
