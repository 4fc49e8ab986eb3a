"""What was taken out of the builder, with its place: the page carries it along, so that it can come back."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .. import texts
from .parts import PARTS

# Of those that were removed one after the other; the oldest are forgotten first.
MOST, LONGEST = 10, 100_000


@dataclass
class Removed:
    """An entry that was removed: its part, its place among the entries there, and what it held."""

    part: str
    place: int
    values: dict[str, str] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The entry in a few words, as its heading had it."""
        form = PARTS[self.part].form
        heading = ", ".join(filter(None, (self.values.get(name, "").strip()[:60] for name in form.head)))
        return heading or _("%(entry)s without a name") % {"entry": form.one}


def write(removed: list[Removed]) -> str:
    """Return what a page carries along, the last one last; empty for nothing."""
    kept = removed[-MOST:]
    while kept and len(text := json.dumps([asdict(each) for each in kept], ensure_ascii=False)) > LONGEST:
        kept = kept[1:]
    return text if kept else ""


def read(text: str) -> list[Removed]:
    """Return what a page carried along; nothing where that is not what `write` makes."""
    try:
        listed = json.loads(texts.clean(text)) if 0 < len(text) <= LONGEST else []
    except (ValueError, RecursionError):
        return []
    return [Removed(**each) for each in listed if _is_one(each)] if isinstance(listed, list) else []


def _is_one(plain: Any) -> bool:
    """Whether plain data is an entry of a part, with texts for its fields alone."""
    if not isinstance(plain, dict) or plain.keys() != {"part", "place", "values", "rest"}:
        return False
    part, place, values = plain["part"], plain["place"], plain["values"]
    if not isinstance(part, str) or part not in PARTS or not isinstance(values, dict):
        return False
    is_placed = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < 10_000
    is_typed = values.keys() <= set(PARTS[part].form.names()) and all(isinstance(text, str) for text in values.values())
    return is_placed and is_typed and isinstance(plain["rest"], dict)
