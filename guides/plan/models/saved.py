"""What a person saves from guides, and what they write down themselves."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import validators
from .dates import PlanDate
from .items import PlanItem, Task


class SavedGuide(PlanItem):
    """A guide in a plan. Its title is kept too, so that it has a name when the guide is gone."""

    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("title"), max_length=80, validators=validators.plain_line)

    class Meta(PlanItem.Meta):
        constraints = [
            *PlanItem.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "guide"], name="savedguide_once_a_plan"),
        ]

    def __str__(self) -> str:
        return self.name

    def dependents(self) -> "list[SavedStep]":
        return list(SavedStep.objects.filter(plan=self.plan_id, guide=self.guide))


class SavedStep(Task):
    """A step of a guide in a plan: by when, and since when it is done."""

    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    step = models.CharField(gettext_lazy("step"), max_length=60, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("title"), max_length=100, validators=validators.plain_line)

    in_order = True
    # Filled in by explaining.py: the address of the step in its guide, and the guide's title.
    where = ""
    guide_name = ""

    class Meta(Task.Meta):
        constraints = [
            *Task.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "guide", "step"], name="savedstep_once_a_plan"),
        ]

    def links(self) -> list[tuple[str, str]]:
        """The step in its guide, where that can be read."""
        return [(_("In the guide"), self.where)] if self.where else []


class Note(PlanItem):
    """A note in the person's own words."""

    text = models.TextField(gettext_lazy("note"), max_length=5000, validators=validators.plain_text)

    def __str__(self) -> str:
        return self.text.split("\n", 1)[0][:60]


class Event(PlanItem):
    """A date of the person's own: a course starts, a fee is due."""

    on = models.DateField(gettext_lazy("date"), validators=validators.likely_day)
    name = models.CharField(gettext_lazy("what happens"), max_length=120, validators=validators.plain_line)

    class Meta(PlanItem.Meta):
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.name

    def dates(self) -> list[PlanDate]:
        return [PlanDate(self.on, self.name, self, "on")]
