"""What differs between two editions, section by section, field by field, word by word."""

import difflib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, UniqueConstraint
from django.utils.translation import gettext as _

from .. import freezing
from ..registry import content_models

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
    before: list
    after: list


@dataclass
class Change:
    """A row that was added, removed or changed: the place it stands in, what it is, its differing fields."""

    place: str
    name: str
    kind: str
    differences: list = field(default_factory=list)


def words(before, after):
    """Return both texts as parts, `(left, right)`; joined, each side gives its text again."""
    old, new = (re.findall(r"\S+ ?|\s+", text) for text in (before, after))
    counts = Counter(new)
    if sum(counts[word] for word in old) > MOST_PAIRS:
        return [TextPart(before, "del")], [TextPart(after, "ins")]
    return _aligned(old, new)


def _aligned(old, new):
    """Return two lists of texts as parts, what stands in both in the same order left unmarked."""
    left, right = [], []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if start < end:
            left.append(TextPart("".join(old[start:end]), "" if tag == "equal" else "del"))
        if new_start < new_end:
            right.append(TextPart("".join(new[new_start:new_end]), "" if tag == "equal" else "ins"))
    return left, right


def compare(old, new):
    """Return the Changes from the frozen guide `old` to `new`, in reading order."""
    before, after = _by_identity(old), _by_identity(new)
    _pair_nameless(before, after)
    places = _places(old) | _places(new)
    result = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        differences = [] if was and now and was["fields"] == now["fields"] else _differences(was, now)
        if differences:
            kind = "added" if was is None else "removed" if now is None else "changed"
            plain = now or was
            result.append(Change(_place_of(plain, places), _name(plain), kind, differences))
    return sorted([*result, *_moves(before, after, places)], key=lambda change: _rank(change, places))


def summary(old, new):
    """Return where two frozen guides differ, in one line: the places, in reading order."""
    names = list(dict.fromkeys(change.place for change in compare(old, new)))
    line = "; ".join(names)
    return line if len(line) <= LONGEST_SUMMARY else line[: LONGEST_SUMMARY - 1] + "…"


def _by_identity(frozen):
    """The plain objects by what they are known by; rows without a name of their own by a running number."""
    result, count = {}, Counter()
    for plain in [*frozen["objects"], *frozen["sources"]]:
        names = _identity_fields(plain["model"])
        if names:
            identity = tuple(json.dumps(plain["fields"].get(name)) for name in names)
        else:
            group = _parent(plain)
            identity = (group, count[plain["model"], group])
            count[plain["model"], group] += 1
        result[plain["model"], identity] = plain
    return result


@cache
def _identity_fields(label: str):
    """The fields that tell a model's rows apart: its slug, or what a constraint says is there once; else none."""
    model = apps.get_model(label)
    if any(field.name == "slug" for field in model._meta.concrete_fields):
        return ["slug"]
    once = (rule.fields for rule in model._meta.constraints if isinstance(rule, UniqueConstraint) and rule.fields)
    return next(once, ())


def _parent(plain):
    """The natural key of what a plain object hangs from."""
    parents = {content.label: content.parent for content in content_models.CONTENT_MODELS}
    return tuple(plain["fields"].get(parents.get(plain["model"])) or ())


def _pair_nameless(before, after) -> None:
    """Give rows without a name of their own, such as points, the key of the row that they most likely were."""
    groups = defaultdict(lambda: ([], []))
    for side, keyed in enumerate((before, after)):
        for key, plain in keyed.items():
            if not _identity_fields(key[0]):
                groups[key[0], key[1][0]][side].append((key, plain))
    for (label, group), (olds, news) in groups.items():
        texts = [[_text_of(plain) for _key, plain in rows] for rows in (olds, news)]
        fresh = len(olds)
        renamed = []
        for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
            for offset in range(new_end - new_start):
                paired = tag in {"equal", "replace"} and start + offset < end
                number = start + offset if paired else fresh
                fresh += not paired
                renamed.append(((label, (group, number)), news[new_start + offset][1]))
        _replace_keys(after, [key for key, _plain in news], renamed)


def _replace_keys(keyed, keys, renamed) -> None:
    """Put `renamed` pairs into `keyed` instead of `keys`, everything in its place."""
    entries = iter(renamed)
    gone = set(keys)
    items = [next(entries) if key in gone else (key, plain) for key, plain in keyed.items()]
    keyed.clear()
    keyed.update(items)


def _text_of(plain):
    return json.dumps({name: value for name, value in plain["fields"].items() if name != "position"}, sort_keys=True)


def _differences(was, now):
    """The fields in which two plain objects differ, places left out; every filled field where one is missing."""
    plain = now or was
    model = apps.get_model(plain["model"])
    parents = {content.label: content.parent for content in content_models.CONTENT_MODELS}
    skipped = {"position", parents.get(plain["model"])}
    result = []
    for model_field in freezing.fields_of(model):
        if model_field.name not in skipped:
            before, after = _shown(model_field, was), _shown(model_field, now)
            if before != after:
                result.append(Difference(model_field.verbose_name, *words(before, after)))
    return result


def _shown(model_field, plain):
    """The value of a field as text that an editor knows from the screen."""
    if plain is None:
        return ""
    value = plain["fields"].get(model_field.name, model_field.get_default())
    if isinstance(model_field, ForeignKey):
        return value[-1] if value else ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if model_field.choices and value:
        return str(dict(model_field.flatchoices).get(value, value))
    return "" if value is None else str(value)


def _places(frozen):
    """The headings of the guide's sections by slug, in reading order."""
    sections = [plain["fields"] for plain in frozen["objects"] if plain["model"] == "guides.section"]
    return {section["slug"]: section["heading"] for section in sections}


def _place_of(plain, places):
    """The heading of the section that a plain object stands in, or the part of the guide's own screen."""
    app = apps.get_app_config(plain["model"].partition(".")[0])
    if app.label != "guides":
        return str(app.verbose_name)
    if plain["model"] == "guides.source":
        return _("Sources")
    if plain["model"] == "guides.section":
        return places[plain["fields"]["slug"]]
    parent = _parent(plain)
    return places.get(parent[1], parent[1]) if len(parent) > 1 else _("Guide details")


def _rank(change, places):
    """Guide details first, then the sections, sources last."""
    order = [_("Guide details"), *places.values(), _("Sources")]
    return order.index(change.place) if change.place in order else len(order)


def _name(plain) -> str:
    """What an editor calls a plain object: its kind, and its name or first words."""
    kind = apps.get_model(plain["model"])._meta.verbose_name
    return f"{kind}: {_own_name(plain)}"


def _own_name(plain):
    """The name of a plain object, or its first words."""
    keys = ("heading", "title", "name", "label", "question", "period", "text", "slug")
    values = [plain["fields"].get(key) for key in keys]
    return next((value[:60] for value in values if value and isinstance(value, str)), "")


def _moves(before, after, places):
    """Changes of order among the rows that stand in both."""
    groups = defaultdict(lambda: ([], []))
    for side, keyed in enumerate((before, after)):
        for key, plain in keyed.items():
            if key in before and key in after and plain["model"] != "guides.source":
                groups[key[0], _parent(plain)][side].append(key)
    for (label, _group), (old, new) in groups.items():
        if old != new:
            plural = apps.get_model(label)._meta.verbose_name_plural
            sides = ([f"{_own_name(keyed[key])}\n" for key in keys] for keyed, keys in ((before, old), (after, new)))
            place = _("Guide details") if label == "guides.section" else _place_of(after[new[0]], places)
            yield Change(place, str(plural), "moved", [Difference(_("order"), *_aligned(*sides))])
