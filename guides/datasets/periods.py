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


def form(period):
    """Return MONTH, YEAR or SPAN, or '' for words such as 'quoted in 2025'."""
    return next((name for name, pattern in FORMS.items() if pattern.fullmatch(period)), "")


def first_year(period):
    """Return the year, of a span its first one, or None for words."""
    name = form(period)
    return int(FORMS[name].fullmatch(period)["year"]) if name else None


def span(start, end) -> str:
    """Return a projection's period as BLS writes it: 2024-34."""
    return f"{start}-{end % 100:02}"


def review_after(period, today):
    """Return the day a figure of this period is due for review.

    18 months after its publication, or half a year from today where that day has passed.
    """
    published = date(first_year(period) + 1, PUBLISHED_IN[form(period)], 1)
    due = published + timedelta(days=548)
    return due if due > today else today + timedelta(days=182)
