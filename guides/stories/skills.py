"""Which skills a story shows: what the site's evidence finds in its words, for the person to decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from guides.models import Skill
from guides.plan.models import name_from
from guides.readiness import matching, skills_gap
from guides.reading.reader import Reading

from .models import Story


@dataclass(frozen=True)
class OfferedSkill:
    """A skill that a story may show: the places in its words that say so, and whether the person chose it."""

    slug: str
    name: str
    evidence: tuple[tuple[str, str, str], ...] = ()
    is_chosen: bool = False


def known(readings: Iterable[Reading]) -> dict[str, Skill]:
    """The skills of several guides by their short names, which guides share."""
    skills: dict[str, Skill] = {}
    for reading in readings:
        for skill in skills_gap.all_skills(reading):
            skills.setdefault(skill.slug, skill)
    return skills


def names(story: Story, skills: dict[str, Skill]) -> list[str]:
    """The names of the skills that the person chose; from the short name where no guide has it any more."""
    return [skills[slug].name if slug in skills else name_from(slug) for slug in story.skill_slugs]


def offered(story: Story, skills: dict[str, Skill]) -> tuple[list[OfferedSkill], list[OfferedSkill]]:
    """Return the skills that the words show or the person chose, and the others."""
    found = {match.skill.slug: match.evidence for match in matching.find(story.text, skills.values())}
    chosen = story.skill_slugs
    gone = [OfferedSkill(slug, name_from(slug), (), True) for slug in chosen if slug not in skills]
    offers = [OfferedSkill(slug, skill.name, found.get(slug, ()), slug in chosen) for slug, skill in skills.items()]
    first = [offer for offer in offers if offer.evidence or offer.is_chosen]
    return [*first, *gone], [offer for offer in offers if offer not in first]
