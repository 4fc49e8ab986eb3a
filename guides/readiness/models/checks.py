"""What editors write for the two checks. The rows hang from a guide and are frozen with its editions.

They name skills, steps and routes by their slugs, as everything outside a section does.
"""

from collections.abc import Collection

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Guide
from guides.models.fields import LimitedTextField
from guides.models.rows import check_range, in_order
from guides.registry import content_models, tools


def check_names(row: models.Model, guide: Guide | None) -> None:
    """Raise a ValidationError at each field of `row` that names a row which `guide` does not have.

    A form that names no guide says so itself: without one nothing is checked.
    """
    faults = {}
    content = content_models.content_of(type(row))
    if guide is None or content is None:
        return
    for name, slugs in content_models.names_in(row).items():
        model = apps.get_model(content.names[name])
        known = set(model.objects.filter(section__guide=guide, slug__in=slugs).values_list("slug", flat=True))
        if missing := [slug for slug in slugs if slug not in known]:
            words = {"kind": model._meta.verbose_name, "slug": missing[0]}
            faults[name] = _("This guide has no %(kind)s with the short name '%(slug)s'.") % words
    if faults:
        raise ValidationError(faults)


def check_tool(row: "Option | Stage") -> None:
    """Raise a ValidationError at `tool` where the site has no such tool."""
    if row.tool and row.tool not in tools.TOOLS:
        words = {"key": row.tool, "keys": ", ".join(sorted(tools.TOOLS))}
        raise ValidationError({"tool": _("The site has no tool '%(key)s'. It has: %(keys)s.") % words})


def check_options(guide: Guide, field: str, slugs: Collection[str]) -> None:
    """Raise a ValidationError at `field` where `guide` has no answer with one of the short names `slugs`."""
    known = set(Option.objects.filter(question__area__guide=guide, slug__in=slugs).values_list("slug", flat=True))
    if missing := [slug for slug in slugs if slug not in known]:
        raise ValidationError(
            {field: _("This guide has no answer with the short name '%(slug)s'.") % {"slug": missing[0]}}
        )


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


class Stage(models.Model):
    """A stretch of a route, with the time and the money it takes: the dated timeline is made of these."""

    class Setting(models.TextChoices):
        OWN_TIME = "own", _("the person's own hours: study, practice, volunteering, applications")
        WORK = "work", _("a job, or waiting: its weeks count, whatever hours one has")
        HIRED = "hired", _("after being hired: training on the job, past the end of the route")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="route_stages", verbose_name=_("guide"))
    route = models.SlugField(
        _("route"),
        max_length=60,
        blank=True,
        help_text=_("The route it is part of, by its short name. Empty for what all routes need first, such as a GED."),
    )
    title = models.CharField(_("title"), max_length=100)
    text = models.CharField(_("text"), max_length=300, blank=True)
    setting = models.CharField(_("takes"), max_length=5, choices=Setting.choices, default=Setting.OWN_TIME)
    hours = models.PositiveSmallIntegerField(
        _("hours"), default=0, help_text=_("About how many of the person's own hours it takes. 0 for a job or waiting.")
    )
    least_weeks = models.PositiveSmallIntegerField(
        _("weeks, at least"),
        default=0,
        validators=[MaxValueValidator(520)],
        help_text=_("What it takes on the calendar however many hours one has: a season, a hiring."),
    )
    likely_weeks = models.PositiveSmallIntegerField(
        _("weeks, more likely"),
        default=0,
        validators=[MaxValueValidator(520)],
        help_text=_("What it takes more often than not. 0: no more than at least."),
    )
    terms = models.PositiveSmallIntegerField(
        _("college terms"),
        default=0,
        validators=[MaxValueValidator(20)],
        help_text=_("How many terms at least. It then begins with a term, in January or August."),
    )
    cost_from = models.PositiveIntegerField(_("cost, from"), null=True, blank=True, help_text=_("In US dollars."))
    cost_to = models.PositiveIntegerField(
        _("cost, to"), null=True, blank=True, help_text=_("Empty with a lower end: that much or more.")
    )
    cost_note = models.CharField(
        _("on the cost"),
        max_length=240,
        blank=True,
        help_text=_("What the sum is made of, and what may make it cheaper or free. Alone it says that none is known."),
    )
    is_beside = models.BooleanField(
        _("beside the one before"),
        default=False,
        help_text=_("It begins together with the stage before it, and shares the hours."),
    )
    is_requirement = models.BooleanField(
        _("needed first"),
        default=False,
        help_text=_("Its route is not open without it: a bachelor's degree before a master's. It comes first."),
    )
    only_for = LimitedTextField(
        _("only for these answers"),
        max_length=600,
        blank=True,
        help_text=_("The answers that call for it, by their short names. Empty: everybody needs it."),
    )
    tool = models.CharField(
        _("tool"),
        max_length=40,
        blank=True,
        help_text=_("The tool that it is done with, by its address below the guide, such as toolkit/resume."),
    )
    need_source = models.ForeignKey(
        "guides.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the need"),
        help_text=_("Who says that it is needed. Empty: our own judgement, and marked as that."),
    )
    time_source = models.ForeignKey(
        "guides.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the time"),
        help_text=_("Where weeks or terms come from. Empty: our estimate, and marked as that."),
    )
    cost_source = models.ForeignKey(
        "guides.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the cost"),
        help_text=_("Where the sum comes from. Empty: our estimate, and marked as that."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("stage of a route")
        verbose_name_plural = _("stages of routes")
        constraints = [in_order("cost_from", "cost_to", "readiness_stage_cost_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def unlocks(self) -> bool:
        """Whether a route, or every route, is closed until it is done."""
        return self.is_requirement or not self.route

    @property
    def is_after_hiring(self) -> bool:
        return self.setting == self.Setting.HIRED

    @property
    def has_cost(self) -> bool:
        """Whether it costs something, or may: a sum, or words where none is known."""
        return self.cost_from is not None or self.cost_to is not None or bool(self.cost_note)

    def calling(self, chosen: Collection[str]) -> list[str]:
        """The answers among `chosen` (short names) that call for it, in the editor's order."""
        return [slug for slug in self.only_for.split() if slug in chosen]

    def is_for(self, chosen: Collection[str]) -> bool:
        """Whether someone who gave the answers of those short names has it before them."""
        return not self.only_for.split() or bool(self.calling(chosen))

    def clean(self) -> None:
        guide = getattr(self, "guide", None)
        check_names(self, guide)
        check_range(self, "cost_from", "cost_to")
        check_tool(self)
        if self.setting != self.Setting.OWN_TIME and self.hours:
            raise ValidationError({"hours": _("A job's hours are not the person's to plan: give weeks, and 0 hours.")})
        if self.likely_weeks and self.likely_weeks < self.least_weeks:
            raise ValidationError({"likely_weeks": _("Give no fewer weeks than it takes at least, or 0.")})
        if guide:
            check_options(guide, "only_for", self.only_for.split())


class Practice(models.Model):
    """How to close the gap in one skill, and how to word the skill in a resume once it is there."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="skill_practices", verbose_name=_("guide"))
    skill = models.SlugField(
        _("skill"), max_length=60, help_text=_("The skill whose gap it closes, by its short name.")
    )
    exercise = models.CharField(
        _("exercise"), max_length=300, help_text=_("Something to do at home or in a library that builds the skill.")
    )
    hours_from = models.PositiveSmallIntegerField(_("hours, from"), help_text=_("From nothing to the basics and on."))
    hours_to = models.PositiveSmallIntegerField(_("hours, to"))
    step = models.SlugField(_("step"), max_length=60, blank=True, help_text=_("A step of the guide that builds it."))
    route = models.SlugField(
        _("route"), max_length=60, blank=True, help_text=_("A route of the guide that teaches it.")
    )
    resume_line = models.CharField(
        _("line for a resume"),
        max_length=200,
        blank=True,
        help_text=_("What someone who has the skill may write, numbers to fill in as [number]."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("way to close a gap")
        verbose_name_plural = _("ways to close gaps")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "skill"],
                name="readiness_practice_once",
                violation_error_message=_("There is a way to close the gap in that skill already."),
            ),
            in_order("hours_from", "hours_to", "readiness_practice_hours_in_order"),
        ]

    def __str__(self) -> str:
        return self.skill

    def clean(self) -> None:
        check_range(self, "hours_from", "hours_to")
        check_names(self, getattr(self, "guide", None))


class GuideRoutes(Guide):
    """A guide as the screen sees it that edits all stages of its routes."""

    class Meta:
        proxy = True
        verbose_name = _("routes of a guide")
        verbose_name_plural = _("routes of guides")
