"""What a person keeps of their exercises in a plan."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.plan import validators
from guides.plan.models import PlanItem


class KeptExercise(PlanItem):
    """How often a person did items of one level of an exercise, and how often without a fault."""

    exercise = models.CharField(gettext_lazy("exercise"), max_length=60, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("title"), max_length=80, validators=validators.plain_line)
    level = models.PositiveSmallIntegerField(gettext_lazy("level"), validators=[MaxValueValidator(99)])
    done = models.PositiveSmallIntegerField(gettext_lazy("times done"), validators=[MaxValueValidator(9999)])
    right = models.PositiveSmallIntegerField(gettext_lazy("times right"), validators=[MaxValueValidator(9999)])
    kept_on = models.DateField(gettext_lazy("last time"), validators=validators.likely_day)

    class Meta(PlanItem.Meta):
        constraints = [
            *PlanItem.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "exercise", "level"], name="keptexercise_once_a_plan"),
        ]

    def __str__(self) -> str:
        return _("%(exercise)s, level %(level)s") % {"exercise": self.name, "level": self.level}

    def get_exercise_url(self) -> str:
        """The address of the exercise itself."""
        return reverse("exercises:exercise", args=[self.exercise])
