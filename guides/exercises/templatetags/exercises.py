"""Which exercises train a skill, for the places of pages where a skill is named."""

from django import template

from .. import reading
from ..models import ExerciseEdition

register = template.Library()


@register.simple_tag(takes_context=True)
def exercises_for(context: template.Context, skill: str) -> list[ExerciseEdition]:
    """The live exercises that train the skill with that short name. One query a page, however many skills it names."""
    request = context.get("request")
    known = getattr(request, "exercises_by_skill", None)
    if known is None:
        known = reading.by_skill()
        if request is not None:
            request.exercises_by_skill = known
    exercises: list[ExerciseEdition] = known.get(skill, [])
    return exercises
