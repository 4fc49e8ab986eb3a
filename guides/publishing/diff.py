"""What differs between two editions, section by section, field by field, word by word."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey
from django.utils.translation import gettext as _

from .. import freezing
from ..registry import content_models
from .alignment import Key, Plain, align, parent
from .places import headings_in

# Above this many pairs of equal words two texts are shown as replaced: telling them apart would take seconds.
MOST_PAIRS = 1_000_000
LONGEST_SUMMARY = 300


@dataclass(frozen=True)
class TextPart:
    """A run of words; `change` is 'del' on the left, 'ins' on the right, empty where both sides agree."""

    text: str
    change: str = ""


@dataclass
class Difference:
    """A field that differs: its label, and both sides as parts."""

    label: str
    before: list[TextPart]
    after: list[TextPart]


@dataclass
class Change:
    """A row that was added, removed or changed: the place it stands in, what it is, its differing fields.

    `was` is the row before, as plain data: None of one that was added or moved.
    """

    place: str
    name: str
    kind: str
    differences: list[Difference] = field(default_factory=list)
    was: Plain | None = None


# Both sides of a field as parts, a frozen guide, and the headings of its sections by slug.
Sides = tuple[list[TextPart], list[TextPart]]
Frozen = dict[str, Any]
Headings = dict[str, str]


def words(before: str, after: str) -> Sides:
    """Return both texts as parts, `(left, right)`; joined, each side gives its text again."""
    old, new = (re.findall(r"\S+ ?|\s+", text) for text in (before, after))
    counts = Counter(new)
    if sum(counts[word] for word in old) > MOST_PAIRS:
        return [TextPart(before, "del")], [TextPart(after, "ins")]
    return _aligned(old, new)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Sides:
    """Return two lists of texts as parts, what stands in both in the same order left unmarked."""
    left: list[TextPart] = []
    right: list[TextPart] = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if start < end:
            left.append(TextPart("".join(old[start:end]), "" if tag == "equal" else "del"))
        if new_start < new_end:
            right.append(TextPart("".join(new[new_start:new_end]), "" if tag == "equal" else "ins"))
    return left, right


def compare(old: Frozen, new: Frozen) -> list[Change]:
    """Return the Changes from the frozen guide `old` to `new`, in reading order."""
    before, after = align(*([*frozen["objects"], *frozen["sources"]] for frozen in (old, new)))
    headings = headings_in(old["objects"]) | headings_in(new["objects"])
    result = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        differing = [] if was and now and was["fields"] == now["fields"] else differences(was, now)
        plain = now or was
        if differing and plain:
            kind = "added" if was is None else "removed" if now is None else "changed"
            result.append(Change(place_of(plain, headings), name_of(plain), kind, differing, was))
    return sorted([*result, *_moves(before, after, headings)], key=lambda change: _rank(change, headings))


def summary(old: Frozen, new: Frozen) -> str:
    """Return where two frozen guides differ, in one line: the places, in reading order."""
    names = list(dict.fromkeys(change.place for change in compare(old, new)))
    line = "; ".join(names)
    return line if len(line) <= LONGEST_SUMMARY else line[: LONGEST_SUMMARY - 1] + "…"


def fields_to_compare(label: str) -> "list[Field[Any, Any]]":
    """The fields of a model that tell an editor something: not its place, nor what it hangs from."""
    hidden = {"position", *(content.parent for content in content_models.CONTENT_MODELS if content.label == label)}
    return [each for each in freezing.fields_of(apps.get_model(label)) if each.name not in hidden]


def differences(was: Plain | None, now: Plain | None) -> list[Difference]:
    """The fields in which two plain objects differ; every filled field where one is missing."""
    result = []
    plain = now or was
    for model_field in fields_to_compare(plain["model"]) if plain else ():
        before, after = as_text(model_field, was), as_text(model_field, now)
        if before != after:
            result.append(Difference(str(model_field.verbose_name), *words(before, after)))
    return result


def as_text(model_field: "Field[Any, Any]", plain: Plain | None) -> str:
    """The value of a field as text that an editor knows from the screen."""
    if plain is None:
        return ""
    value = plain["fields"].get(model_field.name, model_field.get_default())
    if isinstance(model_field, ForeignKey):
        return str(value[-1]) if value else ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if model_field.choices and value:
        return str(dict(model_field.flatchoices).get(value, value))
    return "" if value is None else str(value)


def place_of(plain: Plain, headings: Headings) -> str:
    """The heading of the section that a plain object stands in, or the part of the guide's own screen."""
    app = apps.get_app_config(plain["model"].partition(".")[0])
    if app.label != "guides":
        return str(app.verbose_name)
    if plain["model"] == "guides.source":
        return _("Sources")
    if plain["model"] == "guides.section":
        slug: str = plain["fields"]["slug"]
        return headings.get(slug, slug)
    above = parent(plain)
    return headings.get(above[1], above[1]) if len(above) > 1 else _("Guide details")


def _rank(change: Change, headings: Headings) -> int:
    """Guide details first, then the sections, sources last."""
    order = [_("Guide details"), *headings.values(), _("Sources")]
    return order.index(change.place) if change.place in order else len(order)


def name_of(plain: Plain) -> str:
    """What an editor calls a plain object: its kind, and its name or first words."""
    kind = apps.get_model(plain["model"])._meta.verbose_name
    return f"{kind}: {own_name(plain)}"


def own_name(plain: Plain) -> str:
    """The name of a plain object, or its first words."""
    keys = ("heading", "title", "name", "label", "question", "period", "text", "slug")
    values = [plain["fields"].get(key) for key in keys]
    return next((str(value)[:60] for value in values if value and isinstance(value, str)), "")


def _moves(before: dict[Key, Plain], after: dict[Key, Plain], headings: Headings) -> Iterator[Change]:
    """Changes of order among the rows that stand in both."""
    groups: dict[tuple[str, tuple[str, ...]], tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for side, keyed in enumerate((before, after)):
        for key, plain in keyed.items():
            if key in before and key in after and plain["model"] != "guides.source":
                groups[key[0], parent(plain)][side].append(key)
    for (label, _group), (there, here) in groups.items():
        # A row that went into another section, or whose section has another address now, changed no order.
        old, new = [key for key in there if key in here], [key for key in here if key in there]
        if old != new:
            plural = apps.get_model(label)._meta.verbose_name_plural
            sides = ([f"{own_name(keyed[key])}\n" for key in keys] for keyed, keys in ((before, old), (after, new)))
            place = _("Guide details") if label == "guides.section" else place_of(after[new[0]], headings)
            yield Change(place, str(plural), "moved", [Difference(_("order"), *_aligned(*sides))])
