"""Which exercises a guide leads to, and what keeps it from leading to one: for its editors."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.models import Guide, Skill
from guides.registry.drafts import Draft
from guides.registry.overview import Item, Lack, Part, change_url

from . import editions, reading
from .models import Exercise


def parts(guide: Guide) -> Iterator[Part]:
    """Yield the exercises that train a skill of the guide, each with how it stands."""
    skills = set(Skill.objects.filter(section__guide=guide).values_list("slug", flat=True))
    exercises = list(Exercise.objects.all())
    fitting = [exercise for exercise in exercises if skills.intersection(exercise.skill_slugs())]
    live = {edition.exercise_id for edition in reading.listed()}
    lacks = []
    if exercises and not fitting:
        said = _("No exercise trains a skill of this guide: readers are offered none. Each exercise names its skills.")
        lacks.append(Lack(said, change_url(exercises[0])))
    for exercise in fitting:
        if exercise.pk not in live:
            draft = editions.newest(exercise)
            said = _("'%(name)s' is not published, so this guide does not lead to it yet.") % {"name": exercise}
            lacks.append(Lack(said, change_url(draft or exercise)))
    items = [Item(exercise.name, change_url(exercise), exercise.summary) for exercise in fitting]
    yield Part("exercises", _("Exercises"), items, lacks)


def drafts() -> Iterator[Draft]:
    """Yield the newest edition of each exercise that readers do not see."""
    for exercise in Exercise.objects.all():
        newest = exercise.editions.select_related("author").defer("packed").order_by("-number").first()
        if newest and not newest.is_live:
            note = newest.submission_note or newest.comment or newest.changes
            is_submitted = newest.submitted_at is not None
            yield Draft(
                str(newest),
                change_url(newest),
                newest.author,
                newest.created_at,
                note,
                is_submitted,
                newest.review_note,
            )
