"""What a person has for a route: hours a week, the day to start, the day to be in the job by, and a budget."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import ReaderForm

HOURS = 10
MOST_HOURS = 60
HIGHEST_BUDGET = 1_000_000
DAYS_TYPED = ["%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"]
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)


class TypedNumberField(forms.IntegerField):
    """A whole number as people type it: with a sign or a word for what it counts, with marks between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, *args: Any, typed: str, **kwargs: Any) -> None:
        """`typed` is what may be typed: a pattern with the groups `number` and `thousands` (a k)."""
        super().__init__(*args, **kwargs)
        self.typed = re.compile(typed, re.IGNORECASE)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        match = self.typed.fullmatch(text)
        if match is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = int(re.sub(r"\D", "", match["number"]))
        return number * 1000 if match["thousands"] else number


HOURS_TYPED = r"(?P<number>\d{1,6})(?P<thousands>(?!))?\s*(h|hrs?|hours?)?\.?\s*((a|per|each|/)?\s*(wk|week))?"
DOLLARS_TYPED = (
    r"(usd?|us)?\s*\$?\s*(?P<number>\d{1,3}([,\s]\d{3})+|\d{1,9})([.,]\d\d?)?(?P<thousands>\s*k)?"
    r"\s*(\$|usd|(us )?dollars?|bucks)?"
)


class TimeForm(ReaderForm):
    """The person's hours a week, start date, wanted date and budget. Missing hours mean 10, a missing date today.

    A form that is being filled in refuses a start that has passed (`is_new`); a result's address keeps the day it has.
    """

    hours = TypedNumberField(
        typed=HOURS_TYPED,
        label=gettext_lazy("Hours a week"),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
        help_text=gettext_lazy("What you can give to study, practice and applications. Empty means 10."),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], gettext_lazy("Give a whole number from 1 to 60.")
        ),
    )
    start = forms.DateField(
        label=gettext_lazy("When you could start"),
        required=False,
        input_formats=DAYS_TYPED,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty means today."),
        error_messages={"invalid": gettext_lazy("Give a date such as 2027-01-11.")},
    )
    by = forms.DateField(
        label=gettext_lazy("By when you want to be in the job"),
        required=False,
        input_formats=DAYS_TYPED,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The result says whether that fits, and what would make it fit. Empty means any day."),
        error_messages={"invalid": gettext_lazy("Give a date such as 2027-09-01.")},
    )
    budget = TypedNumberField(
        typed=DOLLARS_TYPED,
        label=gettext_lazy("What you could spend on courses, in US dollars"),
        min_value=0,
        max_value=HIGHEST_BUDGET,
        required=False,
        help_text=gettext_lazy("Routes that cost more come last, with what may pay for them. Empty means any sum."),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], gettext_lazy("Give a sum from 0 to 1,000,000, such as 300.")
        ),
    )

    def __init__(self, sent: QueryDict | None = None, is_new: bool = False) -> None:
        super().__init__(sent)
        self.is_new = is_new

    def add_error(self, field: str | None, error: Any) -> None:
        """Say also what was written: a date picker shows nothing of what is no date."""
        value = Truncator(self.data.get(field or "", "")).chars(30)
        wrote = _("You wrote “%(value)s”.") % {"value": value}
        super().add_error(field, [f"{message} {wrote}" for message in ValidationError(error).messages])

    def clean_start(self) -> date | None:
        start: date | None = self.cleaned_data["start"]
        if start and not FIRST_DAY <= start <= LAST_DAY:
            raise ValidationError(_("Give a date from 2020 to 2099."))
        if start and self.is_new and start < timezone.localdate():
            raise ValidationError(_("That day has passed: give today or a later one, or leave it empty."))
        return start

    def clean_by(self) -> date | None:
        by: date | None = self.cleaned_data["by"]
        if by and not FIRST_DAY <= by <= LAST_DAY:
            raise ValidationError(_("Give a date from 2020 to 2099."))
        return by

    def clean(self) -> None:
        start, by = (self.cleaned_data.get(name) for name in ("start", "by"))
        if self.is_new and by and by < (start or timezone.localdate()):
            self.add_error("by", _("That is before the day you could start: give a later one, or leave it empty."))
        for name in self.fields:
            if isinstance(self.data, QueryDict) and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("It stands in the address twice. Give it once."))
