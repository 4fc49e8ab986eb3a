"""What a person answers and types for the two checks: ratings, choices; a resume."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import OneChoiceField, ReaderForm
from guides.models import Skill

from . import answers
from .matching import LONGEST_TEXT
from .models import Option, Question
from .skills_gap import Level


class AnswersForm(ReaderForm):
    """One choice for each row of a guide, from a form or from the address that a result has.

    `unknown` counts what was sent of rows that the guide does not have. A form that is not `complete` takes any part.
    A kind of it says what a row's field is called, what it looks like, and what its value stands for.
    """

    is_mended_at_first = True
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
    """The questions of a readiness check: `given` are options. With `part`, those of one area want an answer."""

    name_of_none = "q-"
    name_of = staticmethod(answers.choice_name)

    def __init__(
        self, rows: Iterable[Question], sent: Mapping[str, Any] | None = None, complete: bool = True, part: str = ""
    ) -> None:
        self.part = part
        super().__init__(rows, sent, complete)

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
            required=self.complete and self.part in ("", question.area.slug),
            error_messages=messages,
        )

    def answer(self, question: Question, value: str) -> Option:
        return next(option for option in question.options.all() if option.slug == value)

    def clean(self) -> None:
        for name in self.strangers():
            self.add_error(None, _("'%(name)s' is not a question of this check.") % {"name": name[2:42]})


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
