"""The guides that a plan's stories are held against."""

from collections.abc import Iterable, Sequence

from guides.models import Listing
from guides.plan.models import Plan, SavedGuide
from guides.reading import reader
from guides.reading.reader import Reading

from . import answering
from .models import Story

# So many are read for one page: a plan that saves more of them shows those that were saved first.
MOST = 6


def readings(plan: Plan | None, stories: Iterable[Story]) -> list[Reading]:
    """Return the live guides that the plan saves or its stories speak of; where there is none, the first of all."""
    saved = SavedGuide.objects.filter(plan=plan).values_list("guide", flat=True) if plan else []
    named = [key.partition("/")[0] for story in stories for key in story.question_slugs]
    slugs = list(dict.fromkeys([*saved, *named])) or list(Listing.objects.values_list("slug", flat=True))
    return reader.several(slugs[:MOST])


def with_questions(readings: Sequence[Reading]) -> list[Reading]:
    """Those of them that have interview questions."""
    return [reading for reading in readings if answering.questions_of(reading)]
