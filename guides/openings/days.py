"""Days as feeds write them: in five forms and more. What is no day of our time is none."""

import re
from datetime import UTC, date, datetime, time
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
HOUR = re.compile(
    r"[\sT](?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d(?:\.\d+)?)?\s?(?P<half>[ap]\.?m\b)?", re.IGNORECASE
)
# What a text says of the day until which one may apply, and where there is none.
CLOSES = re.compile(
    r"\b(?:apply (?:by|before)|clos(?:es|ing)(?: date)?(?: is)?(?: on)?|application deadline|deadline(?: to apply)?|"
    r"applications? (?:\w+ ){0,4}(?:due|accepted|until|through|by)(?: (?:by|on|until|through))?)\b[\s:,-]*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?P<day>[^.\n]{6,24})",
    re.IGNORECASE,
)
NO_END = re.compile(r"\b(?:until filled|first (?:review|consideration)|continuous\w*)\b", re.IGNORECASE)


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


def hour(text: str) -> time | None:
    """Return the hour that stands behind a day, on its writer's clock; None where none does, or the day's own end."""
    found = HOUR.search(text)
    if found is None:
        return None
    half, number = (found["half"] or "").lower(), int(found["hour"])
    if half and number <= 12:
        number = number % 12 + (12 if half.startswith("p") else 0)
    said = time(number, int(found["minute"]))
    return None if said in (time(0), time(23, 59)) else said


def closing_in(text: str) -> date | None:
    """Return the day until which one may apply, as a text says it with a year; None where it is over, or not said."""
    if NO_END.search(text):
        return None
    found = (day(each["day"]) for each in CLOSES.finditer(text))
    return next((each for each in found if each and each >= today()), None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return _of_our_time(date(year, month, number))
    except ValueError:
        return None


def _of_our_time(found: date) -> date | None:
    return found if FIRST <= found.year <= LAST else None
