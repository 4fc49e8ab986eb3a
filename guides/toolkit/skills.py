"""A guide's skills: which of them a text names, and which a person has by their skills gap."""

from django.core.exceptions import BadRequest

from guides.readiness import matching, skills_gap
from guides.readiness.forms import RatingsForm


def all_skills(reading):
    """Every skill of a guide, a Reading, in reading order."""
    return skills_gap.all_skills(reading)


def mentioned(text, skills):
    """Return those of `skills` that `text` names."""
    return [match.skill for match in matching.find(text, skills)]


def strengths(reading, compact):
    """Return the skills that are there by a skills gap; `compact` is what its result's address holds."""
    form = RatingsForm.from_address(skills_gap.all_skills(reading), compact, complete=False)
    if not form.is_valid():
        raise BadRequest("a")
    return [row.skill for row in skills_gap.assess(reading, form.given).strengths]
