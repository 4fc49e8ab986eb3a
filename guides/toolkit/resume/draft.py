"""A resume as the builder's form holds it: what was typed, as typed. Nothing is stored."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from guides.models import Skill

from .. import texts
from ..skills import mentioned
from .forms import PARTS, BasicsForm, ResumeForm

LONGEST_REST = 100_000  # characters of what a file held that the form does not show
ENTRY_FIELD = re.compile(r"(work|education|certificates|skills|volunteer)\.(\d{1,4})\.(\w{1,20})")


@dataclass
class Entry:
    """One entry: texts by field, and what an imported file said of it that the form does not show."""

    values: dict = field(default_factory=dict)
    rest: dict = field(default_factory=dict)

    @property
    def is_empty(self):
        return not any(value.strip() for value in self.values.values()) and not self.rest


@dataclass
class Draft:
    """The whole resume. `is_damaged` says that what the page carried along did not come through."""

    basics: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[Entry]] = field(default_factory=lambda: {key: [] for key in PARTS})  # in the resume's order
    rest: dict = field(default_factory=dict)
    is_damaged: bool = False

    @property
    def is_empty(self) -> bool:
        entries = [entry for part in self.parts.values() for entry in part]
        return not any(value.strip() for value in self.basics.values()) and all(entry.is_empty for entry in entries)

    def form(self, sent: QueryDict | None = None) -> ResumeForm:
        """Return the form that shows the draft, beside it what else the page sent."""
        sent = MultiValueDict() if sent is None else sent
        data = {
            "advert": texts.clean(sent.get("advert", "")),
            "order": " ".join(self.parts),
            "rest": carried(self.rest),
        }
        data |= {f"basics.{name}": value for name, value in self.basics.items()}
        for key, entries in self.parts.items():
            data |= {f"{key}-TOTAL_FORMS": len(entries), f"{key}-INITIAL_FORMS": 0}
            for number, entry in enumerate(entries):
                data |= {f"{key}.{number}.{name}": value for name, value in entry.values.items()}
                data[f"{key}.{number}.rest"] = carried(entry.rest)
        return ResumeForm(data, sent, self.is_damaged)


def read(sent: Mapping[str, str]) -> Draft:
    """Return the Draft that a page sent."""
    draft, numbers = Draft(), {key: {} for key in PARTS}
    draft.basics = {name: texts.clean(sent.get(f"basics.{name}", "")) for name in BasicsForm.base_fields}
    for name in sent:
        if match := ENTRY_FIELD.fullmatch(name):
            part, number, key = match.groups()
            entry = numbers[part].setdefault(int(number), Entry())
            if key == "rest":
                entry.rest = _read_rest(draft, sent[name])
            elif key in PARTS[part].form.base_fields:
                entry.values[key] = texts.clean(sent[name])
    draft.parts = in_order(
        {key: [entries[number] for number in sorted(entries)] for key, entries in numbers.items()},
        sent.get("order", "").split(),
    )
    draft.rest = _read_rest(draft, sent.get("rest", ""))
    return draft


def in_order(parts, keys):
    """Return `parts` with those that `keys` names first, in that order."""
    wanted = dict.fromkeys([key for key in keys if key in parts] + list(parts))
    return {key: parts[key] for key in wanted}


def as_text(rest: dict) -> str:
    """Return plain data as the shortest JSON."""
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))


def carried(rest: dict) -> str:
    """What a form carries along unseen."""
    return as_text(rest) if rest else ""


def _read_rest(draft, text):
    """Return what the form carries along unseen; a damaged one is noted."""
    try:
        rest = json.loads(texts.clean(text)) if 0 < len(text) <= LONGEST_REST else {}
    except (ValueError, RecursionError):
        rest = None
    if not isinstance(rest, dict) or len(text) > LONGEST_REST:
        draft.is_damaged = True
        return {}
    return rest


def act(draft, action):
    """Do what a button asks, such as "add work" or "up work 2". Return the field to go to, or None if it is none."""
    match = re.fullmatch(r"(add|remove|up|down|raise) (\w+)(?: (\d{1,4}))?", action)
    if not match or match[2] not in PARTS:
        return None
    if match[1] == "raise":
        return _raise_part(draft, match[2])
    verb, key, entries = match[1], match[2], draft.parts[match[2]]
    place = int(match[3] or 0)
    if verb != "add" and place >= len(entries):
        return None
    if verb == "add":
        entries.append(Entry())
        place = len(entries) - 1
    elif verb == "remove":
        entries.pop(place)
    else:
        other = max(0, min(len(entries) - 1, place + (1 if verb == "down" else -1)))
        entries[place], entries[other] = entries[other], entries[place]
        place = other
    return f"add {key}" if verb == "remove" else f"{key}.{place}.{PARTS[key].form.names()[0]}"


def _raise_part(draft, key):
    """Put a part before the one above it."""
    keys = list(draft.parts)
    place = max(1, keys.index(key))
    keys.insert(place - 1, keys.pop(keys.index(key)))
    draft.parts = in_order(draft.parts, keys)
    return f"raise {key}"


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
