"""Days as feeds write them: in five forms and more. What is no day of our time is none."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

# Where the day ends last of all states.
LAST_ZONE = ZoneInfo("Pacific/Honolulu")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
SECONDS = re.compile(r"\d{10}(?:\d{3})?")
# 'Fri, 12 Apr 2013 05:00:00', 'April 12, 2013', '12-Apr-2013', with a day of the week and a time or without.
WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[A-Za-z]{3,9})\.?,?[\s-]+|"
    r"(?P<month_first>[A-Za-z]{3,9})\.?\s+(?P<day_behind>\d{1,2})(?:st|nd|rd|th)?,?\s+)(?P<year>\d{4})"
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FIRST, LAST = 1990, 2199


def today() -> date:
    """Return the day that it still is somewhere in the states: what closes on a day can be answered until that is over
    where the employer is, and the site's own midnight may come ten hours earlier."""
    return timezone.localdate(timezone=LAST_ZONE)


def day(text: str) -> date | None:
    """Return the day that `text` names, as its writer's calendar has it; None where it names none, as 'Continuous'."""
    text = text.strip()
    if found := ISO.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if SECONDS.fullmatch(text):
        return _of_our_time(datetime.fromtimestamp(int(text[:10]), UTC).date())
    if found := SLASHES.search(text):
        # As Americans write it; a first number that is no month makes it the other way.
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        year += 2000 if year < 100 else 0
        return _date(year, first, second) if first <= 12 else _date(year, second, first)
    if found := WRITTEN.search(text):
        name = (found["month"] or found["month_first"]).lower()[:3]
        number = int(found["day"] or found["day_behind"])
        return _date(int(found["year"]), MONTHS.index(name) + 1, number) if name in MONTHS else None
    try:
        return _of_our_time(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return _of_our_time(date(year, month, number))
    except ValueError:
        return None


def _of_our_time(found: date) -> date | None:
    return found if FIRST <= found.year <= LAST else None
