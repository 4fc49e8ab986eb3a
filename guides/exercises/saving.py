"""Saving in a person's plan that they did an item."""

from django.db.models import F
from django.utils import timezone

from guides.forms import ReaderForm
from guides.plan import room
from guides.plan.models import Plan
from guides.plan.validators import one_line

from .forms import Outcome
from .models import Exercise, ExerciseItem, KeptExercise

MOST = 9999


class KeepExerciseForm(ReaderForm):
    """Nothing but the question whether it is meant."""


def keep(plan: Plan, exercise: Exercise, item: ExerciseItem, outcome: Outcome) -> None:
    """Count an item of that level as done, and as right where it has no fault.

    Raises ValidationError where the plan is full.
    """
    with room.changing(plan):
        KeptExercise.objects.get_or_create(
            plan=plan,
            exercise=exercise.slug,
            level=item.level,
            defaults={"name": one_line(exercise.name), "done": 0, "right": 0, "kept_on": timezone.localdate()},
        )
        kept = KeptExercise.objects.filter(plan=plan, exercise=exercise.slug, level=item.level)
        kept.update(kept_on=timezone.localdate(), name=one_line(exercise.name))
        kept.filter(done__lt=MOST).update(done=F("done") + 1, right=F("right") + int(outcome.is_right))
