"""The parts of an academic resume that JSON Resume has none for: in a file they are projects of a type.

Its schema names 'presentation' and 'talk' as types of a project, and other programs show them as projects. In which
order the parts stood is kept in `meta`, where programs keep what is theirs.
"""

from typing import Any

# The type that an entry of each part has in a file.
TYPES = {"presentations": "presentation", "teaching": "teaching", "service": "service", "grants": "grant"}
PARTS_OF = {name: key for key, name in TYPES.items()}
# What happens once has one date: a file has it at both ends, since without an end it would go on.
ONCE = {"presentations", "grants"}
ORDER = "order"

Plain = dict[str, Any]


def fold(resume: Plain) -> Plain:
    """Return a resume as a file has it."""
    own = [key for key in TYPES if key in resume]
    if not own:
        return resume
    folded = {key: value for key, value in resume.items() if key not in own}
    entries = [_as_project(key, plain) for key in own for plain in resume[key]]
    meta = resume.get("meta", {})
    order = [key for key, value in resume.items() if isinstance(value, list)]
    return folded | {"projects": [*resume.get("projects", []), *entries], "meta": {**meta, ORDER: order}}


def _as_project(key: str, plain: Plain) -> Plain:
    ends = {"endDate": plain["startDate"]} if key in ONCE and plain.get("startDate") else {}
    return {"type": TYPES[key]} | ends | plain


def unfold(resume: Plain) -> Plain:
    """Return a resume of a file, in the shape of the schema, with each of those parts on its own."""
    parts: dict[str, list[Plain]] = {}
    for project in resume.get("projects", []):
        key = PARTS_OF.get(str(project.get("type", "")).strip().lower(), "projects")
        parts.setdefault(key, []).append(project if key == "projects" else _as_entry(key, project))
    if not parts.keys() & TYPES.keys():
        return resume
    meta = dict(resume.get("meta", {}))
    order = meta.pop(ORDER, [])
    unfolded = {key: value for key, value in resume.items() if key not in {"projects", "meta"}} | parts
    in_order = {key: unfolded[key] for key in order if key in unfolded} if isinstance(order, list) else {}
    return in_order | unfolded | ({"meta": meta} if meta else {})


def _as_entry(key: str, project: Plain) -> Plain:
    plain = {name: value for name, value in project.items() if name != "type"}
    if key in ONCE:
        plain.setdefault("startDate", plain.get("endDate", ""))
        if plain.get("endDate") == plain["startDate"]:
            plain.pop("endDate", None)
    return plain
