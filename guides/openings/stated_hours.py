"""How many hours a week a posting says it is: '20 hours per week', 'Part-time, 15-19 hours', 'up to 19 hrs/wk'."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .models import FULL_TIME

NUMBER = r"\d{1,2}(?:\.\d{1,2})?"
HOURS = rf"(?<![\d.:$])(?P<low>{NUMBER})(?:\s?(?:-|–|—|to|or)\s?(?P<high>{NUMBER}))?[\s-]?(?:hours?|hrs?)\b\.?"
A_WEEK = r"\s?(?:/|per\b|a\b|an?\b|each\b|every\b|in a\b)\s?(?:week|wk|work week|workweek)\b|\s?weekly\b"
SAID = re.compile(rf"{HOURS}(?:{A_WEEK})", re.IGNORECASE)
# 'Part-time, 15-19 hours' leaves the week out.
OF_PART = re.compile(rf"\bpart[\s-]?time\b\W{{1,3}}{HOURS}(?!\s?(?:/|per|a)\s?(?:day|month|pay))", re.IGNORECASE)
# Where it is no work of this job: 'the library is open 60 hours a week'.
OF_OTHERS = re.compile(r"\b(?:open|opens|operates?|serves?|training|study|overtime)\b[^.\n]{0,40}$", re.IGNORECASE)
MOST = 60


@dataclass(frozen=True)
class WeekHours:
    """Hours a week, the same twice where one number is stated."""

    low: Decimal
    high: Decimal

    @property
    def is_full_time(self) -> bool:
        return self.low >= FULL_TIME


def of(*texts: str) -> WeekHours | None:
    """Return the hours of the first text that states any; None where one says two different things, or none does."""
    for text in texts:
        found = {
            hours for pattern in (SAID, OF_PART) for each in pattern.finditer(text) if (hours := _read(text, each))
        }
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _read(text: str, found: re.Match[str]) -> WeekHours | None:
    low = Decimal(found["low"])
    high = Decimal(found["high"]) if found["high"] else low
    if not 0 < low <= high <= MOST or OF_OTHERS.search(text[: found.start()]):
        return None
    return WeekHours(low, high)
