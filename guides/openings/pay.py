"""Pay as employers write it: '$18.50-$22/hr DOE', '17.40 - 31.91 USD Hour', '$45K a year', 'Not displayed'.

What it comes to in a year is the sum for a year of full-time work (40 hours, 52 weeks), and so an estimate wherever pay
is not stated for a year: most part-time jobs pay less. Bonuses, and sums in other currencies, are no pay here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides import formats

from .models import Posting

Unit = Posting.Unit
# How often each is paid in a year of full-time work.
TIMES = {Unit.HOUR: 2_080, Unit.DAY: 260, Unit.WEEK: 52, Unit.TWO_WEEKS: 26, Unit.MONTH: 12, Unit.YEAR: 1}
# What stands for each behind a sum or before it.
WORDS = {
    Unit.TWO_WEEKS: r"bi-?\s?weekly|(?:every )?(?:two|2|other) weeks?|pay period",
    Unit.HOUR: r"hourly|hours?|hrs?",
    Unit.DAY: r"daily|days?",
    Unit.WEEK: r"weekly|weeks?|wk",
    Unit.MONTH: r"monthly|months?|mo",
    Unit.YEAR: r"annually|annual|annum|yearly|years?|yr|salary",
}
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,4})?"
PER = r"\s?(?:/|per|an?)\s?(?:hr|hour|day|week|month|yr|year)\b"
SUM = rf"(?:(?:US)?\$|USD)?\s?(?P<NAME>{NUMBER})(?P<NAME_k>\s?[kK]\b)?(?P<NAME_unit>{PER})?"
RANGE = re.compile(
    rf"(?<![\w.,])(?!401|403){SUM.replace('NAME', 'low')}"
    rf"(?:\s*(?:-|–|—|\bto\b|\bthrough\b|\band\b)\s*{SUM.replace('NAME', 'high')})?"
)
BEHIND = re.compile(
    r"[\s,.*+/(:-]*(?:(?:US|usd|USD|dollars)\b)?[\s,/(-]*(?:(?:per|an?|each|every)\s+)?"
    r"(?P<said>(?:two|2|other) weeks?|pay period|[A-Za-z]+(?:-[A-Za-z]+)?)"
)
BEFORE = re.compile(
    r"(?P<said>hourly|annual|yearly|monthly|weekly|bi-?weekly|salary)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
OTHER_MONEY = re.compile(r"[€£¥₹]|\b(?:CAD|AUD|NZD|EUR|GBP|INR|MXN|C\$|A\$)", re.IGNORECASE)
NO_PAY = re.compile(
    r"[^.;,$]{0,24}\b(?:bonus|stipend|sign[- ]?on|allowance|reimburse\w*|insurance|fees?|budget|volumes|items|lbs)\b"
    r"|\s?%|\s?(?:hours|hrs)\b",
    re.IGNORECASE,
)
# What a year and an hour of work are paid in this country, widely taken: between them nothing says which is meant.
A_YEAR = (8_000, 1_000_000)
AN_HOUR = (5, 250)
# No range of one job is wider.
WIDEST = 20


@dataclass(frozen=True)
class Pay:
    """Two sums, the same where one is stated, and what they are paid for."""

    low: Decimal
    high: Decimal
    unit: Posting.Unit

    @property
    def year_low(self) -> int:
        """The lower sum for a year of full-time work, in whole dollars."""
        return round(self.low * TIMES[self.unit])

    @property
    def year_high(self) -> int:
        """The higher sum for a year of full-time work, in whole dollars."""
        return round(self.high * TIMES[self.unit])


def of_year(year: int, unit: Posting.Unit) -> Decimal:
    """Return what a year's pay comes to for an hour, a month and so on: cents for an hour, else whole dollars."""
    return (Decimal(year) / TIMES[unit]).quantize(Decimal("0.01") if unit == Unit.HOUR else Decimal(1))


def in_words(low: Decimal, high: Decimal | None, unit: str) -> str:
    """Return sums as a reader says them, such as '$18.50 to $22 an hour'; `unit` is one of Posting.Unit."""
    return _in_words(low, high if high != low else None, unit, get_language() or "")


@lru_cache(maxsize=5_000)
def _in_words(low: Decimal, high: Decimal | None, unit: str, language: str) -> str:
    """The same sums stand on many postings of a list."""
    sums = [low] if high is None else [low, high]
    words = [formats.cents(int(value * 100)) if value % 1 else formats.money(int(value)) for value in sums]
    return _("%(sums)s %(unit)s") % {"sums": _(" to ").join(words), "unit": Unit(unit).label}


def stated(text: str) -> Pay | None:
    """Return what a text about pay says, None where it states no sum, or leaves open for how long."""
    return None if OTHER_MONEY.search(text) else next(_found(text), None)


def in_text(text: str) -> tuple[str, Pay] | None:
    """Return what a posting's text says of pay, in its words and as sums: only what has a dollar sign and a unit."""
    for found in re.finditer(r"[^\n$]{0,60}\$\s?\d[^\n]{0,110}", text[:20_000]):
        said = found[0]
        if not OTHER_MONEY.search(said) and (pay := next(_found(said, needs_unit=True), None)):
            return re.split(r"\. |;", said[said.find("$") :][:80])[0].strip(" ,;."), pay
    return None


def _found(text: str, needs_unit: bool = False) -> Iterator[Pay]:
    for found in RANGE.finditer(text):
        low = _sum(found, "low")
        high = _sum(found, "high") if found["high"] else low
        if found["high_k"] and not found["low_k"] and low < 1_000:
            low *= 1_000
        low, high = min(low, high), max(low, high)
        unit = _unit(text, found) or (None if needs_unit else _by_size(low, high))
        if unit is None or low <= 0 or low * WIDEST < high or NO_PAY.match(text, found.end()):
            continue
        if A_YEAR[0] <= high * TIMES[unit] <= A_YEAR[1]:
            yield Pay(low, high, unit)


def _sum(found: re.Match[str], name: str) -> Decimal:
    """A sum that was found, in dollars and cents; nothing where it has more digits than any pay."""
    value = found[name].replace(",", "")
    if len(value) > 12:
        return Decimal(0)
    return (Decimal(value) * (1_000 if found[f"{name}_k"] else 1)).quantize(Decimal("0.01"))


def _unit(text: str, found: re.Match[str]) -> Posting.Unit | None:
    """What a sum is paid for, by the word in the range, behind it or before it."""
    inner = re.sub(r"^\s?(?:/|per|an?)\s?", "", found["high_unit"] or found["low_unit"] or "")
    behind, before = BEHIND.match(text, found.end()), BEFORE.search(text[: found.start()])
    for said in (inner, behind["said"] if behind else "", before["said"] if before else ""):
        for unit, words in WORDS.items():
            if said and re.fullmatch(words, said, re.IGNORECASE):
                return unit
    return None


def _by_size(low: Decimal, high: Decimal) -> Posting.Unit | None:
    """What sums without a word are paid for: an hour or a year, where only one of them can be meant."""
    if AN_HOUR[0] <= low <= high <= AN_HOUR[1]:
        return Unit.HOUR
    return Unit.YEAR if 2 * A_YEAR[0] <= low <= high <= A_YEAR[1] else None
