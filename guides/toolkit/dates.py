"""Dates as a resume gives them: a year, a month or a day."""

import re
from datetime import date

from django.core.validators import RegexValidator
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

partial_date = RegexValidator(
    r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z",
    gettext_lazy("Write a date as year and month, such as 2024-05, or as a year alone."),
)


def is_date(text):
    """Whether `text` is a year, a month or a day that exists."""
    if not re.fullmatch(r"[0-9-]{4,10}", text) or not partial_date.regex.search(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def written(text):
    """Return a partial date as people write it: 'May 2024', '2024'; what is no date stays as it is."""
    if not is_date(text) or len(text) == 4:
        return text
    if len(text) == 10:
        return date_format(date.fromisoformat(text), "j F Y")
    return f"{MONTHS[int(text[5:7])]} {text[:4]}"


def span(start, end):
    """Return a stretch of time such as 'May 2024 – present'; empty where neither end is known."""
    if not start:
        return written(end)
    return f"{written(start)} – {written(end) if end else _('present')}"
