"""A worked example as a JSON Resume, so that the builder can start from it."""

from typing import Any

from ..models import ResumeEntry, ResumeExample

Part = ResumeEntry.Part


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
    lines = [line.text for line in entry.lines.all()]
    plain: dict[str, Any]
    match entry.part:
        case Part.WORK:
            plain = {"position": entry.title, "name": entry.organization, "highlights": lines}
        case Part.VOLUNTEER:
            plain = {"position": entry.title, "organization": entry.organization, "highlights": lines}
        case Part.EDUCATION:
            plain = {"studyType": entry.title, "institution": entry.organization, "courses": lines}
        case Part.CERTIFICATES:
            return _filled({"name": entry.title, "issuer": entry.organization, "date": entry.ends or entry.starts})
        case _:
            return _filled({"name": entry.title, "keywords": lines})
    return _filled(plain | {"startDate": entry.starts, "endDate": entry.ends})


def _filled(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if value}
