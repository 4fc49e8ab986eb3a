"""What a person answers and types for the two checks: ratings, choices, time and budget for a route; a resume."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import OneChoiceField, ReaderForm
from guides.models import Skill

from . import answers
from .matching import LONGEST_TEXT
from .models import Option, Question
from .skills_gap import Level

HOURS = 10
MOST_HOURS = 60
HIGHEST_BUDGET = 1_000_000
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)


class AnswersForm(ReaderForm):
    """One choice for each row of a guide, from a form or from the address that a result has.

    `unknown` counts what was sent of rows that the guide does not have. A form that is not `complete` takes any part.
    A kind of it says what a row's field is called, what it looks like, and what its value stands for.
    """

    name_of_none: str
    name_of: Callable[[Any], str]

    def field_for(self, row: Any) -> OneChoiceField:
        raise NotImplementedError

    def answer(self, row: Any, value: str) -> Any:
        raise NotImplementedError

    def __init__(
        self, rows: Iterable[Any], sent: Mapping[str, Any] | None = None, complete: bool = True, **options: Any
    ) -> None:
        super().__init__(sent, auto_id="%s", **options)
        self.rows = {self.name_of(row): row for row in rows}
        self.complete, self.unknown = complete, 0
        self.fields = {name: self.field_for(row) for name, row in self.rows.items()}

    @classmethod
    def refused(cls, rows: Iterable[Any], reason: str | ValidationError) -> Self:
        """Return a form without answers that says why there are none."""
        form = cls(rows, {}, complete=False)
        form.add_error(None, reason)
        return form

    @property
    def given(self) -> dict[str, Any]:
        """The answers that are right, by the slug of their row."""
        values = {name: self.cleaned_data.get(name) for name in self.rows} if self.is_bound else self.initial
        chosen = {name: value for name, value in values.items() if value is not None}
        return {self.rows[name].slug: self.answer(self.rows[name], value) for name, value in chosen.items()}

    def strangers(self) -> list[str]:
        """The fields that were sent and are none of this form."""
        prefix = self.name_of_none
        return [name for name in self.data if name.startswith(prefix) and name not in self.fields]


class RatingsForm(AnswersForm):
    """How well a person has each skill of a guide: `given` are levels."""

    name_of_none = "s-"
    name_of = staticmethod(answers.rating_name)

    @classmethod
    def from_address(cls, skills: Iterable[Skill], text: str, complete: bool = True) -> Self:
        """Return the form that `text`, the ratings in an address, fills."""
        try:
            return cls(skills, answers.ratings_sent(text), complete)
        except ValidationError as unreadable:
            return cls.refused(skills, unreadable)

    def field_for(self, skill: Skill) -> OneChoiceField:
        messages = {
            "repeated": _("It is rated twice. Choose one."),
            "invalid_choice": _("'%(value)s' is not one of the four ratings. Choose one."),
        }
        return OneChoiceField(
            label=skill.name, help_text=skill.detail, choices=Level.choices, required=False, error_messages=messages
        )

    def answer(self, skill: Skill, value: str) -> int:
        return int(value)

    def clean(self) -> None:
        self.unknown = len(self.strangers())
        if self.complete and not self.given and not self.errors:
            gone = _("None of these answers is about a skill of this guide.")
            changed = _("It may have changed: please rate yourself again.")
            raise ValidationError(f"{gone} {changed}" if self.unknown else _("Rate at least one skill."))


class CheckForm(AnswersForm):
    """The questions of a readiness check: `given` are options."""

    name_of_none = "q-"
    name_of = staticmethod(answers.choice_name)

    @classmethod
    def from_address(cls, questions: Iterable[Question], text: str) -> Self:
        """Return the form that `text`, the answers in an address, fills."""
        try:
            sent, unknown = answers.choices_sent(text, questions)
        except ValidationError as unreadable:
            return cls.refused(questions, unreadable)
        # A question that was written since is not in it.
        form = cls(questions, sent, complete=False)
        if unknown:
            form.add_error(
                None,
                _("Some answers in this address are not among the answers of this check. It may have changed since."),
            )
        return form

    def field_for(self, question: Question) -> OneChoiceField:
        messages = {
            "required": _("Choose an answer."),
            "repeated": _("It is answered twice. Choose one."),
            "invalid_choice": _("That is not one of its answers. Choose one."),
        }
        return OneChoiceField(
            label=question.text,
            help_text=question.hint,
            choices=[(option.slug, option.text) for option in question.options.all()],
            required=self.complete,
            error_messages=messages,
        )

    def answer(self, question: Question, value: str) -> Option:
        return next(option for option in question.options.all() if option.slug == value)

    def clean(self) -> None:
        for name in self.strangers():
            self.add_error(None, _("'%(name)s' is not a question of this check.") % {"name": name[2:42]})


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
    """The person's hours a week, start date and budget. Missing hours mean 10, a missing date today.

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
        input_formats=["%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty means today."),
        error_messages={"invalid": gettext_lazy("Give a date such as 2027-01-11.")},
    )
    budget = TypedNumberField(
        typed=DOLLARS_TYPED,
        label=gettext_lazy("What you could spend on courses, in US dollars"),
        min_value=0,
        max_value=HIGHEST_BUDGET,
        required=False,
        help_text=gettext_lazy("Routes that cost more come last, with what may pay for them. Empty means any sum."),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], gettext_lazy("Give a sum from 0 to 1000000, such as 300.")
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

    def clean(self) -> None:
        for name in self.fields:
            if isinstance(self.data, QueryDict) and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("It stands in the address twice. Give it once."))


class ResumeUploadForm(ReaderForm):
    """A resume, pasted or as a file. Its messages come from the view, which knows what is in the file."""

    text = forms.CharField(
        label=gettext_lazy("Paste your resume"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": gettext_lazy("Keep it under %(limit_value)d characters: you pasted %(show_value)d.")
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
        help_text=gettext_lazy("PDF, Word (.docx) or plain text (.txt), at most 2 MB."),
    )

    def clean(self) -> None:
        if self.errors:
            return
        if not self.cleaned_data.get("text", "").strip() and not self.cleaned_data.get("file"):
            raise ValidationError({"text": _("Paste the text of your resume, or choose a file.")})


class ReadTextForm(ReaderForm):
    """The text that came out of a resume, to be mended and looked through again."""

    text = forms.CharField(
        label=gettext_lazy("The text we read"),
        widget=forms.Textarea(attrs={"rows": 16, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "This is what programs see of your resume. You can mend it, or paste another text over it."
        ),
    )


class KeepResultForm(ReaderForm):
    """Keeping a result in the plan: with its gaps or dates as things to do or not, and what the plan held before."""

    tasks = forms.BooleanField(required=False, initial=True)
    fingerprint = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
