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
MONTH_AND_YEAR = gettext_lazy("Month and year, or your way: 5/24, May 2024.")


class LinesField(TextField):
    """A list: one item a line."""


class MonthAndYear(forms.TextInput):
    """A month to choose and a year to write; whoever writes all of it beside the month has it read as well.

    The month comes as a field of its own, with this suffix to the name.
    """

    template_name = "forms/month_and_year.html"
    SUFFIX = "month"

    def __init__(self, label: Any) -> None:
        super().__init__(attrs={"list": "years", "autocomplete": "off", "placeholder": gettext_lazy("Year")})
        self.label = label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        month, rest = dates.split(value or "")
        context = super().get_context(name, rest, attrs)
        return context | {"label": self.label, "month": month, "months": dates.month_names()}


class DateField(LineField):
    """A year, a month or a day in any way of writing, or nothing; `may_go_on`: or a word that says it goes on."""

    def __init__(self, label: Any, may_go_on: bool = False, **options: Any) -> None:
        self.may_go_on = may_go_on
        defaults: dict[str, Any] = {
            "help_text": MONTH_AND_YEAR, "validators": [self.check], "widget": MonthAndYear(label),
        }  # fmt: skip
        super().__init__(label, **defaults | options)

    def plain(self, text: str) -> str:
        """Return what was typed as year, year-month or whole date; empty where it goes on, as typed where unread."""
        return "" if self.may_go_on and dates.is_now(text) else dates.read(text) or text.strip()

    def check(self, text: str) -> None:
        """Raise ValidationError for what is no year, month or day that exists."""
        plain = self.plain(text)
        if plain and not dates.is_date(plain):
            raise ValidationError(dates.question(text))


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
    return DateField(gettext_lazy("To"), may_go_on=True, help_text=gettext_lazy("Leave it empty while it goes on."))


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
