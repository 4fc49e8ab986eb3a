"""What a person can do, in their resume: the skills of the job that it does not name yet, and what a skills gap found.

Where the text says already what shows a skill, the person's own words stand, and no sentence of ours beside them.
"""

from guides.models import Skill
from guides.readiness import matching
from guides.readiness.skills_gap import Rated

from .. import texts
from ..documents.text import plain_text
from ..skills import mentioned
from . import jsonresume, layout
from .draft import Draft, Entry


def suggestions(text: str, skills: list[Skill]) -> list[Skill]:
    """Return the guide's skills that the resume does not name yet, those of most weight first."""
    have = {skill.slug for skill in mentioned(text, skills)}
    order = ["core", "useful", "bonus"]
    return sorted((skill for skill in skills if skill.slug not in have), key=lambda skill: order.index(skill.weight))


def add_skills(draft: Draft, skills: list[Skill]) -> None:
    """Add skills to the last group of skills, or to a new one; those that stand in a group already stay as they are."""
    groups = draft.parts["skills"]
    if not groups:
        groups.append(Entry())
    known = {line for entry in groups for line in texts.lines(entry.values.get("keywords", ""))}
    new = [skill.name for skill in skills if skill.name not in known]
    words = groups[-1].values
    words["keywords"] = "\n".join(filter(None, [words.get("keywords", "").rstrip(), *new]))


def add_strengths(draft: Draft, rows: list[Rated], own_words_only: bool = False) -> None:
    """Add what a skills gap found: the names of the skills, and a line for each that the resume does not show yet.

    The lines go to the first job, or to a new one. Where lines without a place show a skill, its line is one of them.
    `own_words_only`: no sentence of ours, for a resume that says where each thing was done.
    """
    skills = [row.skill for row in rows]
    # A name in a list of skills says nothing of what was done.
    told = {key: part for key, part in jsonresume.to_json(draft).items() if key != "skills"}
    covered = {skill.slug for skill in mentioned(plain_text(layout.document(told)), skills)}
    own = take_own_lines(draft, [skill for skill in skills if skill.slug not in covered])
    add_skills(draft, skills)
    ours = {} if own_words_only else {row.skill.slug: row.resume_line for row in rows}
    lines = [(ours | own).get(skill.slug, "") for skill in skills if skill.slug not in covered]
    add_lines(draft, [line for line in lines if line])


def take_own_lines(draft: Draft, skills: list[Skill]) -> dict[str, str]:
    """Take the lines that show `skills` out of those without a place: by the skill's short name, each line once."""
    lines = draft.unplaced.splitlines()
    own: dict[str, str] = {}
    for line in lines:
        first, *others = [match.skill.slug for match in matching.find(line, skills)] or [""]
        if first and not own.get(first):
            own |= {first: line.strip()} | {slug: own.get(slug, "") for slug in others}
    draft.unplaced = "\n".join(line for line in lines if line.strip() not in own.values())
    return own


def add_lines(draft: Draft, lines: list[str]) -> None:
    """Add what was done to the first job, or to a new one."""
    jobs = draft.parts["work"]
    known = {line for entry in jobs for line in texts.lines(entry.values.get("highlights", ""))}
    new = [line for line in dict.fromkeys(lines) if line not in known]
    if not new:
        return
    if not jobs:
        jobs.append(Entry())
    words = jobs[0].values
    words["highlights"] = "\n".join(filter(None, [words.get("highlights", "").rstrip(), *new]))
