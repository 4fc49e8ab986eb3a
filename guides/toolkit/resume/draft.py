"""A resume as the builder's form holds it: what was typed, as typed. Nothing is stored."""

import json
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .. import dates, packing, texts
from .fields import BASICS, PARTS

MOST_ENTRIES = 40  # in one part
LONGEST_REST = 100_000  # characters of what a file held that the form does not show
ENTRY_FIELD = re.compile(r"(work|education|certificates|skills|volunteer)\.(\d{1,4})\.(\w{1,20})")
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
URL = re.compile(r"https?://[^\s<>\"]+")


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
    """The whole form. `faults` says what is wrong, by the name of the field; the empty name is the form itself."""

    basics: dict = field(default_factory=dict)
    parts: dict = field(default_factory=lambda: {key: [] for key in PARTS})  # in the order of the resume
    rest: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)

    @property
    def is_empty(self):
        entries = [entry for part in self.parts.values() for entry in part]
        return not any(value.strip() for value in self.basics.values()) and all(entry.is_empty for entry in entries)


def read(posted):
    """Return the Draft that the form `posted` holds, with its faults."""
    draft, numbers = Draft(), {key: {} for key in PARTS}
    draft.basics = {each.key: texts.clean(posted.get(f"basics.{each.key}", "")) for each in BASICS}
    for name in posted:
        if match := ENTRY_FIELD.fullmatch(name):
            part, number, key = match.groups()
            entry = numbers[part].setdefault(int(number), Entry())
            if key == "rest":
                entry.rest = _read_rest(draft, posted[name])
            elif PARTS[part].field(key):
                entry.values[key] = texts.clean(posted[name])
    draft.parts = in_order(
        {key: [entries[number] for number in sorted(entries)] for key, entries in numbers.items()},
        posted.get("order", "").split(),
    )
    draft.rest = _read_rest(draft, posted.get("rest", ""))
    check(draft)
    if fault := packing.fault(posted):
        draft.faults[""] = fault
    return draft


def in_order(parts, keys):
    """Return `parts` with those that `keys` names first, in that order."""
    wanted = dict.fromkeys([key for key in keys if key in parts] + list(parts))
    return {key: parts[key] for key in wanted}


def as_text(rest: dict) -> str:
    """Return plain data as the shortest JSON."""
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))


def _read_rest(draft, text):
    """Return what the form carries along unseen; a damaged one is a fault of the form."""
    try:
        rest = json.loads(texts.clean(text)) if 0 < len(text) <= LONGEST_REST else {}
    except (ValueError, RecursionError):
        rest = None
    if not isinstance(rest, dict) or len(text) > LONGEST_REST:
        draft.faults[""] = _("What the page carried along from your file was damaged on the way. Import it once more.")
        return {}
    return rest


def check(draft):
    """Add every fault of the draft to its `faults`."""
    for each in BASICS:
        _check_field(draft, f"basics.{each.key}", each, draft.basics.get(each.key, ""))
    for key, entries in draft.parts.items():
        part = PARTS[key]
        if len(entries) > MOST_ENTRIES:
            draft.faults[key] = _("%(part)s holds %(count)d entries; a resume here takes at most %(most)d of them.") % {
                "part": part.name, "count": len(entries), "most": MOST_ENTRIES,
            }  # fmt: skip
        for number, entry in enumerate(entries):
            for each in part.fields:
                _check_field(draft, f"{key}.{number}.{each.key}", each, entry.values.get(each.key, ""))
            starts, ends = entry.values.get("startDate", ""), entry.values.get("endDate", "")
            if dates.is_date(starts) and dates.is_date(ends) and ends < starts[: len(ends)]:
                draft.faults[f"{key}.{number}.endDate"] = _("This is before it began: swap the two dates.")


def _check_field(draft, name, each, value):
    """Add what is wrong with one field."""
    text = value.strip()
    if len(value) > each.longest:
        fault = _("Keep it under %(most)d characters: you wrote %(count)d.") % {
            "most": each.longest, "count": len(value),
        }  # fmt: skip
    elif each.kind == "date" and text and not dates.is_date(text):
        fault = str(dates.partial_date.message)
    elif each.kind == "email" and text and not EMAIL.fullmatch(text):
        fault = _("Write an email address, such as name@example.org.")
    elif each.kind == "url" and text and not URL.fullmatch(text):
        fault = _("Write a whole web address that starts with https:// or http://.")
    else:
        return
    draft.faults[name] = fault


def act(draft, action):
    """Do what a button asks, such as "add work" or "up work 2". Return the field to go to, or None if it is no deed."""
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
    # Faults are named by place, and places have changed.
    draft.faults = {name: fault for name, fault in draft.faults.items() if not name}
    check(draft)
    return f"add {key}" if verb == "remove" else f"{key}.{place}.{PARTS[key].fields[0].key}"


def _raise_part(draft, key):
    """Put a part before the one above it."""
    keys = list(draft.parts)
    place = max(1, keys.index(key))
    keys.insert(place - 1, keys.pop(keys.index(key)))
    draft.parts = in_order(draft.parts, keys)
    return f"raise {key}"
