"""Interview questions, with what is being looked for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.fields import LimitedTextField

from .base import GuideRow


class InterviewQuestion(GuideRow):
    """A question, an outline of a good answer, and a weak answer explained."""

    class Group(models.TextChoices):
        WORK = "work", _("The work")
        TECHNOLOGY = "technology", _("Technology")
        PEOPLE = "people", _("People")
        SITUATIONS = "situations", _("Situations")
        YOURS = "yours", _("Your questions to them")

    class Difficulty(models.TextChoices):
        EASY = "easy", _("Easy")
        MEDIUM = "medium", _("Medium")
        HARD = "hard", _("Hard")

    group = models.CharField(_("group"), max_length=12, choices=Group.choices)
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices)
    question = models.CharField(_("question"), max_length=240)
    looked_for = LimitedTextField(_("what is being looked for"), max_length=500)
    situation = models.CharField(
        _("situation"), max_length=300, help_text=_("Where and when. For your own questions: when to ask.")
    )
    task = models.CharField(
        _("task"), max_length=300, help_text=_("What was to be done. For your own questions: what you want to learn.")
    )
    action = models.CharField(
        _("action"), max_length=400, help_text=_("What you did. For your own questions: how to ask it.")
    )
    result = models.CharField(
        _("result"), max_length=300, help_text=_("What came of it. For your own questions: what the answer tells you.")
    )
    weak = models.CharField(_("a weak answer"), max_length=300)
    why_weak = models.CharField(_("why it is weak"), max_length=300)

    class Meta(GuideRow.Meta):
        verbose_name = _("interview question")
        verbose_name_plural = _("interview questions")

    def __str__(self) -> str:
        return self.question

    @property
    def is_theirs(self) -> bool:
        """Whether they ask it; the others the person asks them."""
        return self.group != self.Group.YOURS

    @property
    def outline(self) -> list[tuple[Any, str]]:
        """The outline of a good answer: pairs of a label and what belongs there."""
        texts = [self.situation, self.task, self.action, self.result]
        return list(zip(STAR_LABELS if self.is_theirs else OWN_LABELS, texts, strict=True))


STAR_LABELS = [_("Situation"), _("Task"), _("Action"), _("Result")]
OWN_LABELS = [_("When to ask"), _("What you want to learn"), _("How to ask it"), _("What the answer tells you")]
