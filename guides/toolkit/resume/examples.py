"""A worked example as a JSON Resume with the parts of its own, so that the builder can start from it."""

from typing import Any

from ..models import ResumeEntry, ResumeExample
from .fields import LinesField
from .parts import PARTS

Part = ResumeEntry.Part
# For each part the fields that take an entry's title, where it was, and its lines.
FIELDS = {
    Part.WORK: ("position", "name", "highlights"),
    Part.VOLUNTEER: ("position", "organization", "highlights"),
    Part.EDUCATION: ("studyType", "institution", "courses"),
    Part.CERTIFICATES: ("name", "issuer", ""),
    Part.SKILLS: ("name", "", "keywords"),
    Part.PROJECTS: ("name", "entity", "highlights"),
    Part.LANGUAGES: ("language", "fluency", ""),
    Part.AWARDS: ("title", "awarder", "summary"),
    Part.PUBLICATIONS: ("name", "publisher", "summary"),
    Part.PRESENTATIONS: ("name", "entity", "description"),
    Part.TEACHING: ("name", "entity", "highlights"),
    Part.SERVICE: ("name", "entity", "highlights"),
    Part.GRANTS: ("name", "entity", "description"),
}
# The field of the one date that some parts have.
DATES = {
    Part.CERTIFICATES: "date",
    Part.AWARDS: "date",
    Part.PUBLICATIONS: "releaseDate",
    Part.PRESENTATIONS: "startDate",
    Part.GRANTS: "startDate",
}
UNDATED = {Part.SKILLS, Part.LANGUAGES}


def to_json(example: ResumeExample) -> dict[str, Any]:
    """Return `example` as a JSON Resume, without the explanations."""
    basics = {"name": example.name, "label": example.headline, "summary": example.summary}
    city, _comma, region = example.city.partition(", ")
    resume: dict[str, Any] = {"basics": basics | {"location": _filled({"city": city, "region": region})}}
    for entry in example.entries.all():
        resume.setdefault(entry.part, []).append(_plain(entry))
    return resume


def _plain(entry: ResumeEntry) -> dict[str, Any]:
    """Return one entry with the keys that JSON Resume has for its part; what is empty is left out."""
    part = Part(entry.part)
    title, where, below = FIELDS[part]
    lines = [line.text for line in entry.lines.all()]
    plain: dict[str, Any] = {title: entry.title, where: entry.organization}
    if below:
        plain[below] = lines if isinstance(PARTS[part].form.base_fields[below], LinesField) else " ".join(lines)
    if part in DATES:
        plain[DATES[part]] = entry.ends or entry.starts
    elif part not in UNDATED:
        plain |= {"startDate": entry.starts, "endDate": entry.ends}
    return _filled(plain)


def _filled(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if key and value}
