"""The answers of a session, as they are typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from guides.forms import ReaderForm
from guides.plan import validators
from guides.toolkit.models import InterviewQuestion

LONGEST_ANSWER = 5_000  # characters; some six minutes of speaking


class AnswerField(forms.CharField):
    """A text as a person types it, with the one kind of line break that is stored."""

    def to_python(self, value: Any) -> str:
        return validators.with_newlines(super().to_python(value) or "")


class SessionForm(ReaderForm):
    """An answer to each question of a session, none of them needed, and what of it is to be kept."""

    is_mended_at_first = True

    def __init__(self, questions: Sequence[InterviewQuestion], data: Any = None) -> None:
        super().__init__(data)
        for question in questions:
            self.fields[f"answer.{question.slug}"] = AnswerField(
                label=question.question,
                required=False,
                max_length=LONGEST_ANSWER,
                validators=validators.plain_text,
                widget=forms.Textarea(attrs={"rows": 6}),
            )
        self.fields["with_answers"] = forms.BooleanField(
            label=gettext_lazy("Keep my answers too, not the counts alone"), required=False
        )

    def clean(self) -> None:
        if not self.errors and not self.answers:
            raise ValidationError(gettext("Answer at least one question: nothing is there to be counted yet."))

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the question's slug."""
        return {
            name.removeprefix("answer."): text
            for name, text in self.cleaned_data.items()
            if name.startswith("answer.") and text
        }
