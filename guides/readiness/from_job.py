"""Which skills of a guide the work of another job shows, as an offer that the skills gap begins with."""

from datetime import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

from guides.models import Listing, Skill
from guides.reading import reader
from guides.registry.extension import ShownSkill, ShownSkills

from . import answers, matching, skills_gap
from .skills_gap import Level


def shown_skills(guide: Listing, text: str) -> ShownSkills:
    """Return the skills that `text` shows; a weak sign counts as the basics, and each is the person's to correct."""
    matches = matching.find(text, skills_of(guide.slug, guide.published_at))
    levels = [(each, Level.AT_WORK if each.is_strong else Level.BASICS) for each in matches]
    offered = [("found", f"{answers.code(each.skill.slug)}{level.value}") for each, level in levels]
    address = reverse("readiness:skills_gap", args=[guide.slug])
    return ShownSkills(
        [ShownSkill(each.skill.name, "".join(each.evidence[0]).strip()) for each in matches],
        f"{address}?{urlencode([*offered, ('by', 'job')])}" if offered else address,
    )


@lru_cache(maxsize=256)
def skills_of(slug: str, published_at: datetime) -> tuple[Skill, ...]:
    """The skills of a guide as it was published then: they are asked for again and again, the rest of it is not."""
    fields = [field.attname for field in Skill._meta.concrete_fields]
    skills = skills_gap.all_skills(reader.live(slug))
    # Copies that stand alone: a skill leads to its section, and through it to the whole guide.
    return tuple(Skill(**{name: getattr(skill, name) for name in fields}) for skill in skills)
