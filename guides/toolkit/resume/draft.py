"""A resume as the builder's form holds it: what was typed, as typed. Nothing is stored."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict

from .. import dates, texts
from . import removed as removing
from .entries import EntryForm
from .fields import DateField, LinesField, MonthAndYear
from .forms import BasicsForm, ResumeBuilderForm
from .parts import FIXED, PARTS
from .removed import Removed

LONGEST_REST = 100_000  # characters of what a file held that the form does not show
ENTRY_FIELD = re.compile(rf"({'|'.join(PARTS)})\.(\d{{1,4}})\.(\w{{1,20}})(\.{MonthAndYear.SUFFIX})?")


@dataclass
class Entry:
    """One entry: texts by field, and what an imported file said of it that the form does not show."""

    values: dict[str, str] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, form: type[EntryForm], plain: dict[str, Any]) -> "Entry":
        """Return the Entry for one object of a list."""
        entry = cls(dict.fromkeys(form.names(), ""), dict(plain))
        entry.adopt(form)
        return entry

    def adopt(self, form: type[EntryForm]) -> None:
        """Put what the form shows, and was carried along unseen, into its field: an earlier form did not show it."""
        for name in form.names():
            value = self.rest.get(name)
            if isinstance(form.base_fields[name], LinesField) and isinstance(value, list):
                value = "\n".join(" ".join(str(item).splitlines()) for item in value)
            if isinstance(value, str) and not self.values.get(name):
                self.values[name] = value
                del self.rest[name]

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for value in self.values.values()) and not self.rest


@dataclass
class Draft:
    """The whole resume. `unplaced` are lines of a file that found no field, `removed` what was just taken out;
    `is_damaged` says that what the page carried along did not come through."""

    basics: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[Entry]] = field(default_factory=lambda: {key: [] for key in PARTS})  # in the resume's order
    rest: dict[str, Any] = field(default_factory=dict)
    unplaced: str = ""
    removed: list[Removed] = field(default_factory=list)
    is_damaged: bool = False

    @property
    def is_empty(self) -> bool:
        entries = [entry for part in self.parts.values() for entry in part]
        return not any(value.strip() for value in self.basics.values()) and all(entry.is_empty for entry in entries)

    def form(self, sent: MultiValueDict[str, str] | None = None) -> ResumeBuilderForm:
        """Return the form that shows the draft, beside it what else the page sent."""
        sent = MultiValueDict() if sent is None else sent
        data: dict[str, Any] = {
            "advert": texts.clean(sent.get("advert", "")),
            "order": " ".join(self.parts),
            "rest": carried(self.rest),
            "unplaced": self.unplaced,
            "removed": removing.write(self.removed),
        }
        data |= {f"basics.{name}": value for name, value in self.basics.items()}
        for key, entries in self.parts.items():
            data |= {f"{key}-TOTAL_FORMS": len(entries), f"{key}-INITIAL_FORMS": 0}
            for number, entry in enumerate(entries):
                data |= {f"{key}.{number}.{name}": value for name, value in entry.values.items()}
                data[f"{key}.{number}.rest"] = carried(entry.rest)
        return ResumeBuilderForm(data, sent, self.is_damaged)


def read(sent: Mapping[str, str]) -> Draft:
    """Return the Draft that a page sent."""
    draft = Draft(unplaced=texts.clean(sent.get("unplaced", "")), removed=removing.read(sent.get("removed", "")))
    numbers: dict[str, dict[int, Entry]] = {key: {} for key in PARTS}
    draft.basics = {name: texts.clean(sent.get(f"basics.{name}", "")) for name in BasicsForm.base_fields}
    for name in sent:
        if match := ENTRY_FIELD.fullmatch(name):
            part, number, key, month = match.groups()
            entry = numbers[part].setdefault(int(number), Entry())
            if key == "rest":
                entry.rest = _read_rest(draft, sent[name])
            elif isinstance(PARTS[part].form.base_fields.get(key), DateField):
                # The month and what stands beside it are one text.
                whole = name.removesuffix(month or "")
                chosen, beside = sent.get(f"{whole}.{MonthAndYear.SUFFIX}", ""), sent.get(whole, "")
                entry.values[key] = texts.clean(dates.join(chosen, beside) if chosen else beside)
            elif key in PARTS[part].form.base_fields and not month:
                entry.values[key] = texts.clean(sent[name])
    for part, entries in numbers.items():
        for entry in entries.values():
            entry.adopt(PARTS[part].form)
    draft.parts = in_order(
        {key: [entries[number] for number in sorted(entries)] for key, entries in numbers.items()},
        sent.get("order", "").split(),
    )
    draft.rest = _read_rest(draft, sent.get("rest", ""))
    _adopt(draft)
    return draft


def _adopt(draft: Draft) -> None:
    """Put parts that an earlier form carried along unseen into the form, where they are shown now."""
    basics = draft.rest.get("basics")
    for holder in (draft.rest, basics if isinstance(basics, dict) else {}):
        for key in [key for key in PARTS if key in holder and not draft.parts[key]]:
            if isinstance(holder[key], list) and all(isinstance(plain, dict) for plain in holder[key]):
                draft.parts[key] = [Entry.of(PARTS[key].form, plain) for plain in holder.pop(key)]


def in_order(parts: dict[str, list[Entry]], keys: Iterable[str]) -> dict[str, list[Entry]]:
    """Return `parts` with those that `keys` names first, in that order, after what has a fixed place."""
    wanted = dict.fromkeys([FIXED, *(key for key in keys if key in parts), *parts])
    return {key: parts[key] for key in wanted}


def as_text(rest: dict[str, Any]) -> str:
    """Return plain data as the shortest JSON."""
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))


def carried(rest: dict[str, Any]) -> str:
    """What a form carries along unseen."""
    return as_text(rest) if rest else ""


def _read_rest(draft: Draft, text: str) -> dict[str, Any]:
    """Return what the form carries along unseen; a damaged one is noted."""
    try:
        rest = json.loads(texts.clean(text)) if 0 < len(text) <= LONGEST_REST else {}
    except (ValueError, RecursionError):
        rest = None
    if not isinstance(rest, dict) or len(text) > LONGEST_REST:
        draft.is_damaged = True
        return {}
    return rest


def act(draft: Draft, action: str) -> str | None:
    """Do what a button asks, such as "add work" or "up work 2". Return the field to go to, or None if it is none."""
    match = re.fullmatch(r"(add|remove|undo|up|down|raise) (\w+)(?: (\d{1,4}))?", action)
    if not match or match[2] not in PARTS:
        return None
    if match[1] == "raise":
        return _raise_part(draft, match[2])
    if match[1] == "undo":
        return _bring_back(draft, match[2])
    verb, key, entries = match[1], match[2], draft.parts[match[2]]
    place = int(match[3] or 0)
    if verb != "add" and place >= len(entries):
        return None
    if verb == "add":
        entries.append(Entry())
        place = len(entries) - 1
    elif verb == "remove":
        entry = entries.pop(place)
        if not entry.is_empty:
            draft.removed.append(Removed(key, place, entry.values, entry.rest))
            return f"undo {key}"
    else:
        other = max(0, min(len(entries) - 1, place + (1 if verb == "down" else -1)))
        entries[place], entries[other] = entries[other], entries[place]
        place = other
    return f"add {key}" if verb == "remove" else f"{key}.{place}.{PARTS[key].form.names()[0]}"


def _bring_back(draft: Draft, key: str) -> str | None:
    """Put the entry that was removed last back in its place. Return its first field, or None where none was."""
    if not draft.removed or draft.removed[-1].part != key:
        return None
    last, entries = draft.removed.pop(), draft.parts[key]
    place = min(last.place, len(entries))
    entries.insert(place, Entry(last.values, last.rest))
    return f"{key}.{place}.{PARTS[key].form.names()[0]}"


def _raise_part(draft: Draft, key: str) -> str:
    """Put a part before the one that is shown above it."""
    keys = list(draft.parts)
    above = [other for other in keys[: keys.index(key)] if PARTS[other].is_usual or draft.parts[other]]
    if above:
        keys.remove(key)
        keys.insert(keys.index(above[-1]), key)
    draft.parts = in_order(draft.parts, keys)
    return f"raise {key}"
