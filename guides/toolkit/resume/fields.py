"""The fields of a resume's entries, and what is refused in them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import dates
from ..forms import LineField, TextField

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
URL = re.compile(r"https?://[^\s<>\"]+")
YEAR_AND_MONTH = gettext_lazy("Year and month, such as 2024-05.")


class LinesField(TextField):
    """A list: one item a line."""


class DateField(LineField):
    """A year, a month or a day, or nothing."""

    def __init__(self, label: Any, **options: Any) -> None:
        defaults: dict[str, Any] = {"help_text": YEAR_AND_MONTH, "validators": [check_date]}
        super().__init__(label, **defaults | options)


def check_date(text: str) -> None:
    """Raise ValidationError for what is no year, month or day that exists."""
    if text.strip() and not dates.is_date(text.strip()):
        raise ValidationError(dates.partial_date.message)


def check_email(text: str) -> None:
    """Raise ValidationError for what has not the shape of an email address."""
    if text.strip() and not EMAIL.fullmatch(text.strip()):
        raise ValidationError(_("Write an email address, such as name@example.org."))


def check_url(text: str) -> None:
    """Raise ValidationError for what is no whole web address."""
    if text.strip() and not URL.fullmatch(text.strip()):
        raise ValidationError(_("Write a whole web address that starts with https:// or http://."))


def starts() -> DateField:
    return DateField(gettext_lazy("From"))


def ends() -> DateField:
    return DateField(gettext_lazy("To"), help_text=gettext_lazy("Leave it empty while it goes on."))


def once() -> DateField:
    return DateField(gettext_lazy("When"))


def address() -> LineField:
    return LineField(gettext_lazy("Web page"), validators=[check_url], widget=forms.URLInput())


def highlights() -> LinesField:
    return LinesField(
        gettext_lazy("What you did and what came of it"),
        rows=5,
        help_text=gettext_lazy("One thing a line. Begin with a verb, add a number."),
    )
