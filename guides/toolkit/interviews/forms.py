"""The forms of a practice: which questions are asked, and what was answered."""

from collections.abc import Iterable

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from ..forms import TextField, ToolForm, WholeForm
from ..models import InterviewQuestion
from .deck import MINUTES


class DeckForm(ToolForm):
    """Which questions are wanted; nothing chosen means all of them."""

    group = forms.MultipleChoiceField(
        label=gettext_lazy("Which questions?"),
        choices=InterviewQuestion.Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    difficulty = forms.MultipleChoiceField(
        label=gettext_lazy("How hard?"),
        choices=InterviewQuestion.Difficulty.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("Minutes for an answer"),
        choices=[(str(number), str(number)) for number in MINUTES],
        required=False,
        initial="2",
        widget=forms.RadioSelect,
    )


class PracticeForm(WholeForm):
    """The answers of a practice; only that to the question `asked` is seen. The cursor goes into it, unless an outline
    has come to be read."""

    def __init__(
        self,
        data: MultiValueDict[str, str],
        questions: Iterable[InterviewQuestion],
        asked: str | None = None,
        shows_outline: bool = False,
    ) -> None:
        super().__init__(data)
        for question in questions:
            name = f"answer.{question.slug}"
            self.fields[name] = TextField(gettext_lazy("Your answer"), rows=7, attrs={"autofocus": not shows_outline})
            if question.slug != asked:
                self.fields[name].widget = forms.HiddenInput()

    @property
    def carried(self) -> list[forms.BoundField]:
        """The answers to other questions, which travel unseen."""
        return [field for field in self.hidden_fields() if field.value()]

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, as it was typed, by the question's slug."""
        answers = {name.removeprefix("answer."): self.typed(name) for name in self.fields}
        return {slug: answer for slug, answer in answers.items() if answer}
