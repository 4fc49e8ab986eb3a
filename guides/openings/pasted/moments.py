"""Days and hours in a pasted text: when it closes, when one applied, when the interview is."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from guides.openings import days

from .found import Found, Text

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
DAY = re.compile(
    rf"\b(?:(?P<name>{MONTH})\.? (?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>20\d\d))?"
    rf"|(?P<number_first>\d{{1,2}})(?:st|nd|rd|th)? (?P<name_behind>{MONTH})\.?,?(?: (?P<year_behind>20\d\d))?"
    r"|(?P<written>\d{1,2}/\d{1,2}/(?:20)?\d\d|20\d\d-\d\d-\d\d))(?!\d)",
    re.IGNORECASE,
)
HOUR = re.compile(
    r"\b(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b|\b(?P<noon>noon)\b", re.I
)
# A day without a year is the next one, or one that has just passed.
JUST_PASSED = timedelta(days=45)

CLOSING = ("closing date", "closing date/time", "application deadline", "deadline", "deadline to apply", "end date",
           "closes", "close date", "closing", "apply by", "applications due", "application due", "final filing date",
           "date closed", "last day to apply")  # fmt: skip
WITHIN = r"(?:[^.]|\.\S)"  # of one sentence
CLOSES = re.compile(
    rf"\b(?:closes|closing|clos(?:es|ed)? on|deadline|apply by|until|resum[eé]\b{WITHIN}{{0,90}}\bby"
    rf"|(?:apply|applications?|send|submit|e-?mail)\b{WITHIN}{{0,90}}\b(?:by|until|before))\b{WITHIN}{{0,30}}$",
    re.IGNORECASE,
)
APPLYING = ("date applied", "date submitted", "submitted", "submitted on", "applied on", "applied", "application date",
            "date received", "received")  # fmt: skip
APPLIED = re.compile(r"\b(?:received|submitted|applied|applying|sent)\b[^.]{0,120}\bon\s(?:\w+day,? )?$", re.IGNORECASE)
MEETING = ("date", "when", "interview date", "day", "date and time", "date/time", "interview")
TIMES = ("time", "interview time", "when", "date and time", "date/time", "start time")
HEADER = re.compile(r"^(?:date|sent):", re.IGNORECASE)
WRITER = re.compile(r"^from:", re.IGNORECASE)


def days_in(text: str, today: date) -> Iterator[tuple[date, int, int]]:
    """Yield each day that a text names, with where its words begin and end."""
    for found in DAY.finditer(text):
        if day := _day(found, today):
            yield day, found.start(), found.end()


def _day(found: re.Match[str], today: date) -> date | None:
    if found["written"]:
        return days.day(found["written"])
    name, number = found["name"] or found["name_behind"], found["number"] or found["number_first"]
    year = found["year"] or found["year_behind"]
    day = days.day(f"{name} {number}, {year or today.year}")
    if day is None or year:
        return day
    if day < today - JUST_PASSED:
        return days.day(f"{name} {number}, {today.year + 1}")
    return days.day(f"{name} {number}, {today.year - 1}") if day > today + timedelta(days=320) else day


def hour_in(text: str) -> time | None:
    """The first hour that a text names."""
    found = HOUR.search(text)
    if found is None:
        return None
    if found["noon"]:
        return time(12)
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return time(hour, int(found["minute"] or 0)) if int(found["hour"]) else None


def closes(text: Text, today: date) -> Found | None:
    """When it closes."""
    return _labelled(text, CLOSING, today) or _said(text, CLOSES, today)


def applied(text: Text, today: date) -> Found | None:
    """When one applied: as it is said, or else the day of the mail that says that they have it."""
    said = _labelled(text, APPLYING, today) or _said(text, APPLIED, today)
    return said if said else next((Found(day, line) for line, day in _sent(text, today)), None)


def interview(text: Text, today: date) -> tuple[Found | None, Found | None]:
    """The day and the hour of an interview."""
    sent = {line for line, _day in _sent(text, today)}
    day = next((found for found in _all_labelled(text, MEETING, today) if found.line not in sent), None)
    if day is None:
        # The first day that is named with an hour; else the first that is still to come.
        named = [(Found(on, line), line[end:]) for line in text.lines if line not in sent
                 for on, _start, end in days_in(line, today)]  # fmt: skip
        with_hour = [found for found, behind in named if hour_in(behind)]
        ahead = [found for found, _behind in named if isinstance(found.value, date) and found.value >= today]
        day = next(iter(with_hour or ahead), None)
    if day is None:
        return None, None
    for value, line in [*text.labelled(*TIMES), (day.line, day.line)]:
        if line not in sent and (hour := hour_in(value)):
            return day, Found(hour, line)
    return day, None


def _sent(text: Text, today: date) -> Iterator[tuple[str, date]]:
    """The line in a mail's head that says when it was sent, with the day."""
    head = text.lines[:8]
    if any(WRITER.match(line) for line in head):
        for line in head:
            if HEADER.match(line):
                yield from ((line, day) for day, _start, _end in list(days_in(line, today))[:1])


def _labelled(text: Text, labels: tuple[str, ...], today: date) -> Found | None:
    return next(_all_labelled(text, labels, today), None)


def _all_labelled(text: Text, labels: tuple[str, ...], today: date) -> Iterator[Found]:
    for value, line in text.labelled(*labels):
        for day, _start, _end in list(days_in(value, today))[:1]:
            yield Found(day, line)


def _said(text: Text, before: re.Pattern[str], today: date) -> Found | None:
    """The first day behind words of that kind, also where they stand on the line before."""
    for day, start, _end in days_in(text.whole, today):
        if before.search(text.whole[max(0, start - 160) : start]):
            return Found(day, text.line_at(start))
    return None
