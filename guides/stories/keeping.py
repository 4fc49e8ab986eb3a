"""Writing stories into a plan: a new one, its skills, the questions that it answers.

Another app that has somebody's own answer, such as practice for an interview, keeps it with `keep`.
"""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guides.plan import access, earlier, room, validators
from guides.plan.access import PlanRequest
from guides.plan.models import Plan

from .forms import name_from_words
from .models import TURNING, Story


def keep(
    request: PlanRequest,
    plan: Plan | None,
    parts: Mapping[str, str],
    *,
    name: str = "",
    guide: str = "",
    question: str = "",
) -> Story:
    """Keep an answer as a new story of `plan`, in a new plan where there is none, and return it.

    `parts` are the person's words by the parts of Story.PARTS; an answer that nobody has taken apart goes in whole as
    `{"action": answer}`, and the story's page says which parts are still to be written. `guide` and `question` are
    the short names of the question that was answered. Without a `name` the first words are the title. What a plan
    cannot hold (control characters, signs that turn the direction of text) is left out, since the person sees the
    story next, at `story.get_absolute_url()`.

    Call it outside a transaction, in a view that `access.personal` guards. Raises ValidationError, and keeps nothing,
    where there is no word in it, a part is too long, or the plan is full.

        story = keeping.keep(request, plan, {"action": answer}, guide=reading.guide.slug, question=row.slug)
    """
    texts = {part: _storable(parts.get(part, "")) for part in Story.PARTS}
    if not any(texts.values()):
        raise ValidationError(_("There is no word in it yet, so there is nothing to keep."))
    story = Story(name=_storable(name)[:120] or name_from_words(texts.values()), **texts)
    story.name = validators.one_line(story.name)
    if guide and question:
        story.questions = f"{guide}/{question}"
    return add(request, plan, story)


def add(request: PlanRequest, plan: Plan | None, story: Story) -> Story:
    """Put a new story into the plan, or into a new one; sent twice it is there once. Raises ValidationError."""
    _check_lengths(story)
    story.clean_fields(exclude=["plan"])
    plan = plan or access.make(request)
    story.plan = plan
    with room.changing(plan):
        stored = Story.objects.filter(plan=plan, slug=story.slug).first()
        if stored is None:
            story.save()
    return stored or story


def choose_skills(story: Story, offered: Iterable[str], chosen: Iterable[str]) -> None:
    """Have the story show the skills `chosen` of those `offered`; others that it shows stay. Raises ValidationError."""
    asked_about, wanted = set(offered), list(chosen)
    with room.changing(story.plan):
        kept = [slug for slug in _now(story).skill_slugs if slug not in asked_about]
        _store(story, skills="\n".join([*kept, *wanted]))


def choose_question(story: Story, question: str, answers: bool) -> None:
    """Have the story answer the question guide/question, or no more. Raises ValidationError."""
    with room.changing(story.plan):
        others = [each for each in _now(story).question_slugs if each != question]
        _store(story, questions="\n".join([*others, question] if answers else others))


def _now(story: Story) -> Story:
    """The story as it is stored now, held against others who change it."""
    return Story.objects.select_for_update().get(pk=story.pk)


def _store(story: Story, **values: str) -> None:
    """Store changed values, and remember what they were."""
    now = _now(story)
    changed = {name: value for name, value in values.items() if getattr(now, name) != value}
    if not changed:
        return
    earlier.remember(now)
    for name, value in changed.items():
        setattr(now, name, value)
        setattr(story, name, value)
    _check_lengths(now)
    now.save(update_fields=list(changed))


def _check_lengths(story: Story) -> None:
    """Raise ValidationError for each text that is longer than it may be."""
    faults = {}
    for field in story._meta.fields:
        most, size = getattr(field, "max_length", None), len(str(getattr(story, field.name, "")))
        if field.name in story.item_type.fields and most and size > most:
            sentence = _("“%(label)s”: keep it under %(most)d characters; this has %(size)d.")
            faults[field.name] = sentence % {"label": field.verbose_name, "most": most, "size": size}
    if faults:
        raise ValidationError(list(faults.values()))


def _storable(text: str) -> str:
    """Return `text` without what a plan does not take."""
    return re.sub(f"{validators.CONTROL_IN_TEXT}|{TURNING}", "", validators.with_newlines(text)).strip()
