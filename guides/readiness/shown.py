"""Which skills of a guide the work of another job shows, as an offer that the skills gap begins with."""

from django.urls import reverse
from django.utils.http import urlencode

from guides.reading.reader import Reading
from guides.registry.extension import ShownSkill, ShownSkills

from . import answers, matching, skills_gap
from .skills_gap import Level


def shown_skills(reading: Reading, text: str) -> ShownSkills:
    """Return the skills that `text` shows; a weak sign counts as the basics, and each is the person's to correct."""
    matches = matching.find(text, skills_gap.all_skills(reading))
    levels = [(each, Level.AT_WORK if each.is_strong else Level.BASICS) for each in matches]
    offered = [("found", f"{answers.code(each.skill.slug)}{level.value}") for each, level in levels]
    address = reverse("readiness:skills_gap", args=[reading.guide.slug])
    return ShownSkills(
        [ShownSkill(each.skill.name, "".join(each.evidence[0]).strip()) for each in matches],
        f"{address}?{urlencode([*offered, ('by', 'job')])}" if offered else address,
    )
