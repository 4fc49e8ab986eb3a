"""A story: what somebody did, in the four parts that an interview asks for."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from guides.plan import validators
from guides.plan.models import PlanItem

from . import wording

LONGEST_PART = 3_000
# Signs that turn the direction of what stands behind them: nobody sees them, and they can hide what a text says.
TURNING = "[\\u202a-\\u202e\\u2066-\\u2069]"
_not_turning = RegexValidator(
    TURNING,
    _("This holds an unseen sign that turns the direction of the text. Delete it, or type the text again."),
    inverse_match=True,
)
_line = [*validators.plain_line, _not_turning]
_text = [*validators.plain_text, _not_turning]
_skills = RegexValidator("^[-a-zA-Z0-9_\\n]*$", _("Skills are named by their short names, one a line."))
_questions = RegexValidator(
    "^[-a-zA-Z0-9_/\\n]*$", _("Questions are named by guide and short name, one a line: library-aide/heavy-cart.")
)


class Story(PlanItem):
    """Something that a person did, to be told again.

    `skills` are short names of skills, which guides share; `questions` are those that the person wants to answer with
    it, as guide/question. Both one a line, as the person decided.
    """

    PARTS = ("situation", "task", "action", "result")

    name = models.CharField(
        _("title"),
        max_length=120,
        validators=_line,
        help_text=_("A few words by which you know it again. Left empty, the story’s first words are taken."),
    )
    situation = models.TextField(
        _("situation"),
        max_length=LONGEST_PART,
        blank=True,
        validators=_text,
        help_text=_("Where it was, when, and what was going on. Two sentences are enough. No names of patrons."),
    )
    task = models.TextField(
        _("task"),
        max_length=LONGEST_PART,
        blank=True,
        validators=_text,
        help_text=_("What you had to do, or what would have gone wrong without you. One sentence."),
    )
    action = models.TextField(
        _("action"),
        max_length=LONGEST_PART,
        blank=True,
        validators=_text,
        help_text=_("What you did yourself, one step after the other. Say “I” for your part. It is the longest one."),
    )
    result = models.TextField(
        _("result"),
        max_length=LONGEST_PART,
        blank=True,
        validators=_text,
        help_text=_("What came of it: a number where you have one, else who noticed, or what you do since then."),
    )
    skills = models.TextField(
        _("skills that it shows"), max_length=4_000, blank=True, validators=[_skills, *validators.plain_text]
    )
    questions = models.TextField(
        _("questions that it answers"), max_length=16_000, blank=True, validators=[_questions, *validators.plain_text]
    )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stories:story", args=[self.slug])

    def labeled_texts(self) -> list[tuple[str, str]]:
        labels = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [(capfirst(labels[name]), getattr(self, name).strip()) for name in self.PARTS]

    @property
    def text(self) -> str:
        """All its words, each part a paragraph."""
        return "\n\n".join(words for _label, words in self.labeled_texts() if words)

    @property
    def excerpt(self) -> str:
        return self.text

    @property
    def skill_slugs(self) -> list[str]:
        return self.skills.split()

    @property
    def question_slugs(self) -> list[str]:
        """The questions that it answers, each as guide/question."""
        return self.questions.split()

    def words_for(self, document: str) -> str:
        match document:
            case "resume":
                return wording.resume_line(self.action, self.result)
            case "letter":
                return wording.paragraph(words for _label, words in self.labeled_texts())
            case "interview":
                return self.text
        return ""
