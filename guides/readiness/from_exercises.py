"""Answers to readiness questions that the result of an exercise bears out, for every guide that asks for its skills."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from guides.models import Edition, Guide
from guides.reading import reader

from . import answers, check
from .models import Option, Question


@dataclass(frozen=True)
class ShownAnswer:
    """An answer that someone may give: to which question of which guide."""

    guide: Guide
    question: Question
    option: Option

    @property
    def url(self) -> str:
        """The check of that guide with this answer filled in, and no other."""
        query = urlencode({"change": answers.write_choices([self.option])})
        return f"{reverse('readiness:readiness', args=[self.guide.slug])}?{query}"


def offers(skills: Collection[str], level: int) -> list[ShownAnswer]:
    """Return what someone may answer who did an item of that level without a fault, of an exercise in these skills."""
    result = []
    live = Edition.objects.live().order_by("guide__title").values_list("guide__slug", flat=True)
    for reading in reader.several(list(live)):
        for question in check.all_questions(reading.guide):
            shown = [one for one in question.options.all() if one.exercise_level and one.exercise_level <= level]
            if question.skill in skills and shown:
                best = max(shown, key=lambda option: option.points)
                result.append(ShownAnswer(reading.guide, question, best))
    return result
