"""The builder's form as the template shows it."""

from dataclasses import dataclass

from .. import texts
from ..shown import Shown
from ..skills import mentioned
from .draft import Entry, as_text
from .fields import BASICS, PARTS


@dataclass(frozen=True)
class ShownEntry:
    """One entry: its fields, and what it carries along."""

    name: str
    title: str
    fields: list
    rest: str
    number: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ShownPart:
    """One part: its entries; `focus` names the button that a person goes on at."""

    part: object
    entries: list
    fault: str
    is_first: bool
    focus: str


class Form:
    """The form of a draft; `focus` names the field, or the button, that a person goes on at."""

    def __init__(self, draft, focus=""):
        self.draft, self.focus = draft, focus

    @property
    def basics(self):
        return [self._shown(f"basics.{each.key}", each, self.draft.basics.get(each.key, "")) for each in BASICS]

    @property
    def parts(self):
        return [
            ShownPart(
                PARTS[key],
                self._entries(PARTS[key]),
                self.draft.faults.get(key, ""),
                number == 0,
                self.focus.removesuffix(f" {key}") if self.focus.endswith(f" {key}") else "",
            )
            for number, key in enumerate(self.draft.parts)
        ]

    @property
    def order(self):
        return " ".join(self.draft.parts)

    @property
    def rest(self):
        return _carried(self.draft.rest)

    def _entries(self, part):
        entries = self.draft.parts[part.key]
        return [
            ShownEntry(
                f"{part.key}.{number}",
                ", ".join(filter(None, (entry.values.get(key, "").strip()[:60] for key in part.head))),
                [
                    self._shown(f"{part.key}.{number}.{each.key}", each, entry.values.get(each.key, ""))
                    for each in part.fields
                ],
                _carried(entry.rest),
                number,
                number == 0,
                number == len(entries) - 1,
            )
            for number, entry in enumerate(entries)
        ]

    def _shown(self, name, each, value):
        return Shown(
            name,
            each.label,
            value,
            each.help,
            self.draft.faults.get(name, ""),
            each.input_type,
            5 if each.key in {"highlights", "keywords"} else 3,
            each.autocomplete,
            self.focus == name,
        )


def _carried(rest: dict) -> str:
    """What a form carries along unseen."""
    return as_text(rest) if rest else ""


def suggestions(draft, text, skills):
    """Return the guide's skills that the resume does not name yet, those of most weight first."""
    have = {skill.slug for skill in mentioned(text, skills)}
    order = ["core", "useful", "bonus"]
    return sorted((skill for skill in skills if skill.slug not in have), key=lambda skill: order.index(skill.weight))


def add_skills(draft, skills):
    """Add skills to the last group of skills, or to a new one; those that stand in a group already stay as they are."""
    groups = draft.parts["skills"]
    if not groups:
        groups.append(Entry())
    known = {line for entry in groups for line in texts.lines(entry.values.get("keywords", ""))}
    new = [skill.name for skill in skills if skill.name not in known]
    words = groups[-1].values
    words["keywords"] = "\n".join(filter(None, [words.get("keywords", "").rstrip(), *new]))
