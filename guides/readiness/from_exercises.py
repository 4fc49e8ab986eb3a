"""Answers to readiness questions that the result of an exercise bears out, for every guide that asks for its skills."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from guides import freezing
from guides.models import Edition, Guide

from . import answers, check
from .models import Option, Question

QUESTION = Question._meta.label_lower


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
    for edition in Edition.objects.live().order_by("guide__title"):
        content = edition.content
        # Most guides ask for none of them, and making instances of a guide takes ten times as long as to see that.
        if not any(each["model"] == QUESTION and each["fields"].get("skill") in skills for each in content["objects"]):
            continue
        guide = freezing.thaw(content)
        for question in check.all_questions(guide):
            offered = [one for one in question.options.all() if one.exercise_level and one.exercise_level <= level]
            if question.skill in skills and offered:
                best = max(offered, key=lambda option: option.points)
                result.append(ShownAnswer(guide, question, best))
    return result
