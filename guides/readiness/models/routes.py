"""What editors write of routes: the stages that the dated timeline is made of, all on one screen."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Guide
from guides.models.fields import LimitedTextField
from guides.models.rows import check_range, in_order

from .names import check_names, check_options, check_tool

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def source_field(verbose_name: "StrOrPromise", help_text: "StrOrPromise") -> "models.ForeignKey[Any, Any]":
    """A field for the source that one statement of a stage rests on."""
    return models.ForeignKey(
        "guides.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
        help_text=help_text,
    )


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
    needs_diploma = models.BooleanField(
        _("needs the diploma"),
        default=True,
        help_text=_(
            "Or whatever comes first on its route. Off: it is done meanwhile, as a free course or volunteering can be."
        ),
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
    need_source = source_field(
        _("source of the need"), _("Who says that it is needed. Empty: our own judgment, and marked as that.")
    )
    time_source = source_field(
        _("source of the time"), _("Where weeks or terms come from. Empty: our estimate, and marked as that.")
    )
    cost_source = source_field(
        _("source of the cost"), _("Where the sum comes from. Empty: our estimate, and marked as that.")
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

    @property
    def can_be_meanwhile(self) -> bool:
        """Whether it may run while what comes first, such as a GED, is still going on."""
        return bool(self.route) and not self.needs_diploma and not self.terms and not self.is_after_hiring

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
        if not self.needs_diploma and not self.route:
            raise ValidationError({"needs_diploma": _("All routes need this one first: leave it ticked.")})
        if self.likely_weeks and self.likely_weeks < self.least_weeks:
            raise ValidationError({"likely_weeks": _("Give no fewer weeks than it takes at least, or 0.")})
        if guide:
            check_options(guide, "only_for", self.only_for.split())


class GuideRoutes(Guide):
    """A guide as the screen sees it that edits all stages of its routes."""

    class Meta:
        proxy = True
        verbose_name = _("routes of a guide")
        verbose_name_plural = _("routes of guides")
