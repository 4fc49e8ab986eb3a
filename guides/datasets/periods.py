"""Periods as the publishers write them: a survey's month, a year, a projection's span of years."""

import calendar
import re
from datetime import date, timedelta

MONTH, YEAR, SPAN = "month", "year", "span"
FORMS = {
    MONTH: re.compile(rf"({'|'.join(calendar.month_name[1:])}) (?P<year>\d{{4}})"),
    YEAR: re.compile(r"(?P<year>\d{4})"),
    SPAN: re.compile(r"(?P<year>\d{4})[-–](\d{2}|\d{4})"),
}
# The survey of a May is out in the April after, projections from a year in the September after.
PUBLISHED_IN = {MONTH: 4, YEAR: 9, SPAN: 9}


def form(period: str) -> str:
    """Return MONTH, YEAR or SPAN, or '' for words such as 'quoted in 2025'."""
    return next((name for name, pattern in FORMS.items() if pattern.fullmatch(period)), "")


def first_year(period: str) -> int | None:
    """Return the year, of a span its first one, or None for words."""
    matches = (pattern.fullmatch(period) for pattern in FORMS.values())
    return next((int(match["year"]) for match in matches if match), None)


def year_of(period: str) -> int:
    """Return the first year of a period that is not words. Raises ValueError for words."""
    year = first_year(period)
    if year is None:
        raise ValueError(f"{period!r} is not a period as the publishers write it")
    return year


def span(start: int, end: int) -> str:
    """Return a projection's period as BLS writes it: 2024-34."""
    return f"{start}-{end % 100:02}"


def review_after(period: str, today: date) -> date:
    """Return the day a figure of this period is due for review.

    18 months after its publication, or half a year from today where that day has passed. Raises ValueError for words.
    """
    published = date(year_of(period) + 1, PUBLISHED_IN[form(period)], 1)
    due = published + timedelta(days=548)
    return due if due > today else today + timedelta(days=182)
