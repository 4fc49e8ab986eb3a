"""The sentences that a job description can be made of: the guide's own duties and skills, and what editors add."""

from collections.abc import Iterator
from dataclasses import dataclass

from guides.formats import plain_text
from guides.readiness import skills_gap
from guides.reading.reader import Reading

from ..models import JobPhrase

Part = JobPhrase.Part
# The section whose points are the duties of the job, in every guide.
DUTIES = "responsibilities"


@dataclass(frozen=True)
class Phrase:
    """A sentence to tick and reword. `ticked` says whether it is on from the start."""

    part: str
    name: str
    text: str
    ticked: bool


def offered(reading: Reading) -> list[Phrase]:
    """Return every Phrase for the job of a guide, a Reading: duties, requirements, preferred, what is offered."""
    return [*_duties(reading), *_skills(reading), *_editors(reading)]


def _duties(reading: Reading) -> Iterator[Phrase]:
    for section in reading.all_sections():
        if section.slug == DUTIES:
            for number, point in enumerate(section.points.all()):
                # The guide's text is Markdown, a job description is not.
                yield Phrase(Part.DUTY, f"duty-{number}", plain_text(point.text_html), True)


def _skills(reading: Reading) -> Iterator[Phrase]:
    """Core skills are required, the others preferred."""
    for skill in skills_gap.all_skills(reading):
        core = skill.weight == skill.Weight.CORE
        yield Phrase(Part.REQUIREMENT if core else Part.PREFERRED, f"skill-{skill.slug}", skill.name, core)


def _editors(reading: Reading) -> Iterator[Phrase]:
    for row in reading.guide.jobphrases.all():
        yield Phrase(row.part, f"phrase-{row.slug}", row.text, row.part in {Part.DUTY, Part.REQUIREMENT})
