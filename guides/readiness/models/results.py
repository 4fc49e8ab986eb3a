"""What a person keeps of their results in a plan: the result, gaps to close, the route's dates.

Titles are kept too, so that each has a name when the guide is gone.
"""

import re
from dataclasses import dataclass, replace

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats
from guides.plan import validators
from guides.plan.models import PlanDate, PlanItem, Task
from guides.registry.tools import TOOLS

from .. import answers

_tool = RegexValidator("^[-a-z0-9]+(/[-a-z0-9]+)*$", gettext_lazy("This is not the address of a tool."))
_answers = RegexValidator("^[-a-z0-9=&]+$", gettext_lazy("This is not the end of a result's address."))


@dataclass(frozen=True)
class Raised:
    """The form of a skills gap, filled in anew: its address, and how many skills are put up a level in it."""

    url: str
    count: int


class KeptResult(PlanItem):
    """The newest result of one check of one guide, as the query string of its address."""

    class Tool(models.TextChoices):
        SKILLS_GAP = "skills-gap", gettext_lazy("Skills gap")
        READINESS = "readiness", gettext_lazy("Readiness check")

    tool = models.CharField(gettext_lazy("check"), max_length=12, choices=Tool.choices)
    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    guide_name = models.CharField(gettext_lazy("title"), max_length=80, validators=validators.plain_line)
    query = models.CharField(gettext_lazy("answers"), max_length=1500, validators=[_answers, *validators.plain_line])
    score = models.PositiveSmallIntegerField(gettext_lazy("score"), validators=[MaxValueValidator(100)])
    kept_on = models.DateField(gettext_lazy("date"), validators=validators.likely_day)
    changed = models.TextField(
        gettext_lazy("what changed"),
        max_length=5000,
        blank=True,
        validators=validators.plain_text,
        help_text=gettext_lazy("From the result kept before to this one, a sentence a line."),
    )

    class Meta(PlanItem.Meta):
        constraints = [
            *PlanItem.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "tool", "guide"], name="keptresult_once_a_plan"),
        ]

    def __str__(self) -> str:
        return _("%(check)s, %(guide)s") % {"check": self.get_tool_display(), "guide": self.guide_name}

    def get_result_url(self) -> str:
        """The address of the result itself."""
        view = "readiness:skills_gap" if self.tool == self.Tool.SKILLS_GAP else "readiness:readiness"
        return f"{reverse(view, args=[self.guide])}?{self.query}"

    @property
    def web_address(self) -> str:
        return self.get_result_url()

    @property
    def hours_a_week(self) -> int | None:
        """The hours a week that the readiness check was answered with."""
        hours = QueryDict(self.query).get("hours", "")
        return int(hours) if self.tool == self.Tool.READINESS and re.fullmatch("[1-9][0-9]?", hours) else None

    def changes(self) -> list[str]:
        """What changed when it was kept last, one sentence each."""
        return self.changed.splitlines()

    def raised(self) -> "Raised | None":
        """The skills gap with those skills a level up whose gaps were marked as closed since; None where none was."""
        if self.tool != self.Tool.SKILLS_GAP:
            return None
        closed = KeptGap.objects.filter(plan=self.plan_id, guide=self.guide, done_on__gte=self.kept_on)
        levels = dict(answers.RATING.findall(QueryDict(self.query).get("a", "")))
        codes = [answers.code(skill) for skill in closed.values_list("skill", flat=True)]
        lower = [code for code in codes if levels.get(code, "0") < "2"]
        if not lower:
            return None
        levels |= {code: str(int(levels.get(code, "0")) + 1) for code in lower}
        query = urlencode({"change": "".join(f"{code}{level}" for code, level in levels.items())})
        return Raised(f"{reverse('readiness:skills_gap', args=[self.guide])}?{query}", len(lower))


class GuideTask(Task):
    """A thing to do for one guide: its dates name the guide, and it leads to where the guide says more."""

    class Meta(Task.Meta):
        abstract = True

    guide: str
    guide_name: str
    section: str

    def dates(self) -> list[PlanDate]:
        """Its dates with the guide's title: on a calendar, or in a packet, it stands among others."""
        dates: list[PlanDate] = super().dates()
        return [replace(day, text=f"{day.text} ({self.guide_name})") for day in dates]

    def links(self) -> list[tuple[str, str]]:
        """What it names, as the words of each link and its address: the guide's section."""
        if not self.section:
            return []
        return [(_("In the guide"), reverse("guides:section", args=[self.guide, self.section]))]


class KeptGap(GuideTask):
    """A skill that a result lacks, as a thing to close."""

    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    guide_name = models.CharField(gettext_lazy("guide's title"), max_length=80, validators=validators.plain_line)
    skill = models.CharField(gettext_lazy("skill"), max_length=60, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("title"), max_length=120, validators=validators.plain_line)
    how = models.CharField(
        gettext_lazy("how to close it"), max_length=300, blank=True, validators=validators.plain_line
    )
    section = models.CharField(
        gettext_lazy("section that says more"), max_length=60, blank=True, validators=validators.guide_slug
    )
    hours_from = models.PositiveSmallIntegerField(gettext_lazy("hours, from"), null=True, blank=True)
    hours_to = models.PositiveSmallIntegerField(gettext_lazy("hours, to"), null=True, blank=True)

    class Meta(Task.Meta):
        constraints = [
            *Task.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "guide", "skill"], name="keptgap_once_a_plan"),
        ]

    @property
    def hours(self) -> tuple[int, int] | None:
        """About how many hours it takes."""
        return (self.hours_from or 0, self.hours_to) if self.hours_to else None

    @property
    def detail(self) -> str:
        """How to close it, and about how many hours that takes."""
        if not self.hours_to:
            return self.how
        time = _("About %(hours)s.") % {"hours": formats.hours(self.hours_from or 0, self.hours_to)}
        return f"{self.how} {time}".strip()


class KeptStage(GuideTask):
    """A stage of the route that fits, with the day by which it is to be done."""

    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    guide_name = models.CharField(gettext_lazy("guide's title"), max_length=80, validators=validators.plain_line)
    route = models.CharField(gettext_lazy("route"), max_length=60, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("title"), max_length=100, validators=validators.plain_line)
    section = models.CharField(
        gettext_lazy("section that says more"), max_length=60, blank=True, validators=validators.guide_slug
    )
    tool = models.CharField(gettext_lazy("tool"), max_length=40, blank=True, validators=[_tool, *validators.plain_line])

    in_order = True

    class Meta(Task.Meta):
        constraints = [
            *Task.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "guide", "route", "name"], name="keptstage_once_a_plan"),
        ]

    def links(self) -> list[tuple[str, str]]:
        """The guide's section on the route, and the tool that the stage is done with."""
        tool = TOOLS.get(self.tool)
        if tool is None:
            return super().links()
        return [*super().links(), (str(tool.name), reverse(tool.view, args=[self.guide]))]
