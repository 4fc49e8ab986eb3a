"""The forms of a story: its texts, its skills, and what an address may ask for."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm
from guides.plan import validators
from guides.plan.forms.items import PlanItemForm

from .models import Story
from .skills import OfferedSkill

LONGEST_NAME_TAKEN = 60


class StoryForm(PlanItemForm):
    """All of a story's texts, or one of them. The title may be left empty: it is taken from the first words."""

    marks_optional = False
    is_mended_at_first = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].required = False
        for name in set(Story.PARTS) & set(self.fields):
            self.fields[name].widget.attrs.update({"rows": 7 if name == "action" else 4})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        texts = [cleaned.get(name, getattr(self.instance, name)) for name in Story.PARTS]
        if not any(text.strip() for text in texts) and not set(Story.PARTS) & set(self.errors):
            raise ValidationError(_("Write at least one of the four parts: one sentence is enough to begin with."))
        if "name" in self.fields and "name" not in self.errors and not cleaned.get("name", "").strip():
            cleaned["name"] = name_from_words(texts)
        return cleaned


def name_from_words(texts: Iterable[str]) -> str:
    """Return a title for a story that has none: its first words."""
    first = next((text for text in texts if text.strip()), "")
    return Truncator(" ".join(first.split())).chars(LONGEST_NAME_TAKEN)


class ForQuestionForm(forms.Form):
    """Which question of which guide a new story is for, in an address or in the form."""

    guide = forms.CharField(max_length=80, required=False, validators=validators.guide_slug)
    question = forms.CharField(max_length=60, required=False, validators=validators.guide_slug)


class StorySkillsForm(ReaderForm):
    """Which skills the story shows, of those that the page offered; `offered` names these."""

    skills = forms.MultipleChoiceField(required=False)
    offered = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any, offers: Iterable[OfferedSkill]) -> None:
        super().__init__(data)
        choices = [(offer.slug, offer.name) for offer in offers]
        for field in self.fields.values():
            cast(forms.MultipleChoiceField, field).choices = choices


class StoryAnswersForm(forms.Form):
    """Whether the story is to answer a question, named as guide/question."""

    question = forms.RegexField(r"^[-a-zA-Z0-9_]{1,80}/[-a-zA-Z0-9_]{1,60}$")
    answers = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
