"""Dates as a resume gives them: a year, a month or a day."""

import re
from collections.abc import Iterator
from datetime import date

from babel import Locale
from babel.dates import format_date
from django.core.validators import RegexValidator
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

PARTIAL_DATE = r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z"
partial_date = RegexValidator(
    PARTIAL_DATE,
    gettext_lazy("Write a date as year and month, such as 2024-05, or as a year alone."),
)

not_a_date = gettext_lazy("We cannot read this date. Write it such as May 2024, 5/2024 or 2024: when was it?")

# What people and programs write where something goes on.
NOW = re.compile(r"(till |until |to )?(present|current|currently|now|today|ongoing|date|this day)\.?", re.IGNORECASE)
# How the names of months begin, in English and in Spanish.
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
MONTHS |= {"ene": 1, "abr": 4, "ago": 8, "dic": 12}
NAMED_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]{{0,7}}\.?"
# What may stand before a date, and leaves it as exact as it is given.
ABOUT = re.compile(
    r"^(?:since|from|in|about|around|ca?\.?|circa|early|mid|late)(?:[ -]+(?:of|in))?[ -]+", re.IGNORECASE
)
SEASON = re.compile(
    r"(?:in )?(?:the )?(?:early |mid |late )?(?:spring|summer|fall|autumn|winter)(?: of| in|,)? (?P<year>[12]\d{3})",
    re.IGNORECASE,
)
YEAR, TIME = r"(?P<year>[12]\d{3})", r"(?:[T ]\d.*)?"
# Where a day and a month could be either, as Americans write them.
SHAPES = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?{TIME}",
        rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<month>\d{{1,2}})[-/.](?:(?P<day>\d{{1,2}})[-/.])?{YEAR}",
        rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{YEAR}",
        rf"{NAMED_MONTH} (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? )?{YEAR}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {NAMED_MONTH},? {YEAR}",
        rf"{NAMED_MONTH}(?:[,/-]?\s?| (?:of|de|del) ){YEAR}",
        r"(?P<month>\d{1,2})[-/.](?P<short>\d\d)",
        rf"{NAMED_MONTH},?\s?['’](?P<short>\d\d)",
        rf"{YEAR}[ ,-]+{NAMED_MONTH}",
    )
]


def is_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day that exists."""
    if not re.fullmatch(r"[0-9-]{4,10}", text) or not re.search(PARTIAL_DATE, text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def is_now(text: str) -> bool:
    """Whether `text` says that something goes on."""
    return NOW.fullmatch(text.strip()) is not None


def read(text: str) -> str:
    """Return a date, in any shape that people write, as year, year-month or year-month-day; empty where it is none."""
    text = ABOUT.sub("", " ".join(text.split()), count=1)
    if is_date(text):
        return text
    return next(filter(is_date, _readings(text)), "")


def _readings(text: str) -> Iterator[str]:
    """What a text may mean, by the shapes that it has; not every reading exists."""
    for shape in SHAPES:
        if match := shape.fullmatch(text):
            parts = match.groupdict()
            name, day = parts.get("name"), int(parts.get("day") or 0)
            month = MONTHS[name.lower()] if name else int(parts["month"])
            year = parts.get("year") or whole_year(parts["short"])
            # Some programs write a month or a day that is not known as 00.
            yield "-".join([year, *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])


def month_names() -> list[tuple[str, str]]:
    """Each month's number, such as 05, and its name."""
    names = Locale.parse(to_locale(get_language() or "en")).months["stand-alone"]["wide"]
    return [(f"{number:02}", names[number]) for number in range(1, 13)]


def split(text: str) -> tuple[str, str]:
    """Return a date as a month's number, or "", and what stands beside it: its year, or what cannot be read."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d", date := read(text)):
        return date[5:], date[:4]
    for number, name in month_names():
        if not date and re.match(rf"{name}\b", text, re.IGNORECASE):
            return number, text[len(name) :].strip(" ,")
    return "", text


def join(month: str, rest: str) -> str:
    """Return as one text what was chosen as the month and what was written beside it; `split` takes it apart again."""
    rest, name = rest.strip(), dict(month_names()).get(month)
    if name is None or is_now(rest):
        return rest
    season, short = SEASON.fullmatch(rest), re.fullmatch(r"['’]?(\d\d)", rest)
    year = season["year"] if season else whole_year(short[1]) if short else rest
    if re.fullmatch(r"[12]\d{3}", year):
        return f"{year}-{month}"
    # Who writes all of it, and chooses the same month, says nothing twice.
    return rest if read(rest)[4:7] == f"-{month}" else f"{name} {rest}".strip()


def question(text: str) -> str:
    """What to ask of someone whose date cannot be read."""
    text = " ".join(text.split())
    month, rest = split(text)
    words = {"text": text[:60], "rest": rest[:60], "month": dict(month_names()).get(month, "")}
    if season := SEASON.fullmatch(text):
        words["year"] = season["year"]
        return _("“%(text)s”: in which month? Choose it beside the year, or write %(year)s alone.") % words
    if month and not rest:
        return _("In which year was that %(month)s? Write it beside the month.") % words
    if month and re.fullmatch(r"\d\d", rest):
        words["year"] = whole_year(rest)
        return _("Is that %(month)s %(year)s? Then write the year in full; a day needs its year.") % words
    if month and (read(rest) or SEASON.fullmatch(rest)):
        return _("You chose %(month)s and wrote “%(rest)s”: which is it? Leave one of them out.") % words
    ends = re.split(r"\s+(?:[-–—]|to|until)\s+", text)
    if len(ends) == 2 and read(ends[0]) and (read(ends[1]) or is_now(ends[1])):
        return _("“%(text)s” are two dates: write each into its own field.") % words
    return str(not_a_date)


def whole_year(short: str) -> str:
    """Return the year that two digits mean on a resume: none is more than ten years ahead."""
    century = localdate().year // 100 - (int(short) > localdate().year % 100 + 10)
    return f"{century}{short}"


def written(text: str) -> str:
    """Return a partial date as resumes have it: 'May 2024', '2024', no day; what is no date stays as it is."""
    if not is_date(text) or len(text) == 4:
        return text
    locale = Locale.parse(to_locale(get_language() or "en"))
    return format_date(date.fromisoformat(f"{text[:7]}-01"), "MMM y", locale=locale)


def span(start: str, end: str) -> str:
    """Return a stretch of time such as 'May 2024 – present'; empty where neither end is known."""
    first, last = written(start), written(end) if end else _("present")
    if not start or first == last:
        return last if end else ""
    return f"{first} – {last}"
