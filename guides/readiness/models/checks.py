"""What editors write for the readiness check: areas with questions, their answers, and what a score means.

The rows hang from a guide and are frozen with its editions.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Guide
from guides.models.fields import LimitedTextField

from .names import check_names, check_tool


class Area(models.Model):
    """A side of being ready, such as education or experience: a bar of the result."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="readiness_areas", verbose_name=_("guide"))
    slug = models.SlugField(_("short name"), max_length=40, help_text=_("Such as education: choose it once."))
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("readiness area")
        verbose_name_plural = _("readiness areas")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "slug"],
                name="readiness_area_once",
                violation_error_message=_("This guide has an area with that short name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.guide.slug, self.slug)

    natural_key.dependencies = ["guides.guide"]  # type: ignore[attr-defined]  # Django reads it from the method


class Question(models.Model):
    """A question of the readiness check; its options say what each answer is worth."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="questions", verbose_name=_("area"))
    slug = models.SlugField(
        _("short name"), max_length=40, help_text=_("Results that people keep refer to it: choose it once.")
    )
    text = models.CharField(_("question"), max_length=160, help_text=_("Ask about one thing, in words anyone knows."))
    hint = models.CharField(
        _("hint"), max_length=240, blank=True, help_text=_("What counts, or an example, where the question needs it.")
    )
    skill = models.SlugField(
        _("skill"),
        max_length=60,
        blank=True,
        help_text=_("The skill that it asks about: exercises that train it offer their results as answers."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("readiness question")
        verbose_name_plural = _("readiness questions")
        constraints = [models.UniqueConstraint(fields=["area", "slug"], name="readiness_question_once")]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str]:
        return (self.area.guide.slug, self.slug)

    natural_key.dependencies = ["readiness.area"]  # type: ignore[attr-defined]  # Django reads it from the method

    def clean(self) -> None:
        area = getattr(self, "area", None)
        if area is None:
            return  # a form without an area says so itself
        same = Question.objects.filter(area__guide_id=area.guide_id, slug=self.slug)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("Another question of this guide has that short name.")})
        check_names(self, area.guide)


class Option(models.Model):
    """One answer to a question: its points, and what to do next for whoever gives it."""

    class ChangesBy(models.TextChoices):
        DOING = "", _("what the advice says to do")
        TIME = "time", _("time alone: an age, a year of work, the end of school")
        FINDING_OUT = "finding-out", _("finding out: what it becomes depends on what one finds")

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    slug = models.SlugField(
        _("short name"), max_length=60, help_text=_("Results that people keep refer to it: choose it once.")
    )
    text = models.CharField(_("answer"), max_length=160)
    points = models.PositiveSmallIntegerField(
        _("points"), default=0, validators=[MaxValueValidator(100)], help_text=_("What this answer adds to the score.")
    )
    advice = models.CharField(
        _("what to do next"),
        max_length=240,
        blank=True,
        help_text=_("One thing to do that leads to the next better answer. Empty for the best one."),
    )
    hours = models.PositiveSmallIntegerField(
        _("hours"), null=True, blank=True, help_text=_("About how many hours that takes. Empty if it varies too much.")
    )
    least_weeks = models.PositiveSmallIntegerField(
        _("weeks, at least"),
        default=0,
        validators=[MaxValueValidator(520)],
        help_text=_("What it takes on the calendar however many hours one has, such as a season."),
    )
    leads_to = models.SlugField(
        _("leads to the answer"),
        max_length=60,
        blank=True,
        help_text=_("The better answer that the advice leads to, by its short name. Empty: the next better one."),
    )
    changes_by = models.CharField(
        _("what changes it"),
        max_length=12,
        blank=True,
        choices=ChangesBy.choices,
        default=ChangesBy.DOING,
        help_text=_("What only time changes is waited for: the advice then says what to do meanwhile."),
    )
    step = models.SlugField(
        _("step"), max_length=60, blank=True, help_text=_("The guide's step that says more, by its short name.")
    )
    tool = models.CharField(
        _("tool"),
        max_length=40,
        blank=True,
        help_text=_("The tool that the advice is done with, by its address below the guide, such as toolkit/resume."),
    )
    exercise_level = models.PositiveSmallIntegerField(
        _("level of exercises"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
        help_text=_("Whoever does an item of this level without a fault may give this answer. Empty: none shows it."),
    )
    routes = LimitedTextField(
        _("routes it speaks for"),
        max_length=300,
        blank=True,
        help_text=_("The routes that fit whoever answers this, by their short names."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "slug"],
                name="readiness_option_once",
                violation_error_message=_("This question has an answer with that short name already."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def route_slugs(self) -> list[str]:
        """The short names of the routes it speaks for."""
        return str(self.routes).split()

    def clean(self) -> None:
        guide = self.question.area.guide
        same = Option.objects.filter(question__area__guide=guide, slug=self.slug).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"slug": _("Another answer of this guide has that short name.")})
        check_names(self, guide)
        check_tool(self)


class Band(models.Model):
    """What a score means, in words, from `starts_at` up to the next band."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="readiness_bands", verbose_name=_("guide"))
    starts_at = models.PositiveSmallIntegerField(
        _("from"), validators=[MaxValueValidator(100)], help_text=_("The lowest score it is for; the first one has 0.")
    )
    title = models.CharField(_("title"), max_length=60, help_text=_("Two or three words, such as: Nearly ready."))
    text = models.CharField(_("text"), max_length=300, help_text=_("What it means, and what to do with it."))

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "starts_at"],
                name="readiness_band_once",
                violation_error_message=_("Another band starts at that score."),
            )
        ]

    def __str__(self) -> str:
        return self.title
