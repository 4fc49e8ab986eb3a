"""A guide's skills: which of them a text names, and which a person has by their skills gap."""

from guides.forms import refused
from guides.models import Skill
from guides.readiness import matching, skills_gap
from guides.readiness.forms import RatingsForm
from guides.reading.reader import Reading


def mentioned(text: str, skills: list[Skill]) -> list[Skill]:
    """Return those of `skills` that `text` names."""
    return [match.skill for match in matching.find(text, skills)]


def strengths(reading: Reading, compact: str) -> list[skills_gap.Rated]:
    """Return what is there by a skills gap, each skill with its line; `compact` is what its result's address holds."""
    form = RatingsForm.from_address(skills_gap.all_skills(reading), compact, complete=False)
    if not form.is_valid():
        raise refused(form)
    return skills_gap.assess(reading, form.given).strengths
