"""Words of drafts put in other words, in many rows at once: all of them, or none where one is not what was seen.

Whoever chooses sees a text first and sends its spot back: the row, the field, from where to where, and a digest of the
whole text. So nothing is written over that somebody changed meanwhile.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from .. import figures_in_texts, freezing
from ..models import Guide
from ..registry import content_models
from .places import part_of

_KEY = re.compile(r"([a-z]\w*\.[a-z]\w*)-(\d{1,18})-([a-z]\w*)-(\d{1,7})-(\d{1,7})-([0-9a-f]{16})")


def digest(text: str) -> str:
    """What tells a text from any other."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Spot:
    """A stretch of a text in a draft: its row and field, where it begins and ends, and a digest of the whole text."""

    label: str
    pk: int
    field: str
    start: int
    end: int
    seen: str

    def __str__(self) -> str:
        return f"{self.label}-{self.pk}-{self.field}-{self.start}-{self.end}-{self.seen}"

    @classmethod
    def of(cls, row: Model, field: str, start: int, end: int) -> "Spot":
        return cls(row._meta.label_lower, row.pk, field, start, end, digest(getattr(row, field)))

    @classmethod
    def read(cls, key: str) -> "Spot | None":
        """The spot that str() wrote, or None: anybody may have written `key`."""
        match = _KEY.fullmatch(key)
        if match is None or not _holds_texts(match[1], match[3]) or int(match[4]) > int(match[5]):
            return None
        return cls(match[1], int(match[2]), match[3], int(match[4]), int(match[5]), match[6])


class Outdated(Exception):
    """Texts that are not what was seen any more: `spots`."""

    def __init__(self, spots: Collection[Spot]) -> None:
        super().__init__(", ".join(map(str, spots)))
        self.spots = spots


def _holds_texts(label: str, field: str) -> bool:
    """Whether the rows of that label belong to guides and have words of an editor's in that field."""
    if not content_models.is_known(label) or label in content_models.SHARED:
        return False
    model: type[Model] = apps.get_model(label)
    return field in {each.name for each in figures_in_texts.text_fields(model)}


def rows_of(spots: Collection[Spot]) -> dict[tuple[str, int], Model]:
    """The rows of `spots` by label and key, each with the rows above it. One query a model."""
    keys: defaultdict[str, set[int]] = defaultdict(set)
    for spot in spots:
        keys[spot.label].add(spot.pk)
    rows: dict[tuple[str, int], Model] = {}
    for label, pks in keys.items():
        model = apps.get_model(label)
        content = content_models.content_of(model)
        found = model._default_manager.filter(pk__in=pks)
        rows |= {(label, row.pk): row for row in (found.select_related(content.guide_path) if content else found)}
    return rows


def guides_of(spots: Collection[Spot]) -> set[int]:
    """The keys of the guides that hold `spots`."""
    return {content_models.guide_of(row).pk for row in rows_of(spots).values()}


def rewrite(replacements: Mapping[Spot, str]) -> list[Guide]:
    """Put words in place of what stands at each spot, and return the guides that changed; the same words change none.

    The caller holds those guides' rows, in a transaction. Raises Outdated where a text is not what was seen, and
    ValidationError, which names the place, where a row does not take its new text.
    """
    rows = rows_of(replacements.keys())
    texts: defaultdict[tuple[str, int], defaultdict[str, list[Spot]]] = defaultdict(lambda: defaultdict(list))
    gone = []
    for spot in replacements:
        row = rows.get((spot.label, spot.pk))
        if row is None or digest(getattr(row, spot.field)) != spot.seen:
            gone.append(spot)
        texts[spot.label, spot.pk][spot.field].append(spot)
    if gone:
        raise Outdated(gone)
    guides = {}
    for key, fields in texts.items():
        row = rows[key]
        before = {name: getattr(row, name) for name in fields}
        for name, spots in fields.items():
            setattr(row, name, _rewritten(before[name], spots, replacements))
        if all(getattr(row, name) == text for name, text in before.items()):
            continue
        _save(row)
        guide = content_models.guide_of(row)
        guides[guide.pk] = guide
    return list(guides.values())


def _rewritten(text: str, spots: list[Spot], replacements: Mapping[Spot, str]) -> str:
    """The text with other words at `spots`. Raises Outdated where two of them overlap or one leads out of the text."""
    end = len(text)
    for spot in sorted(spots, key=lambda spot: spot.start, reverse=True):
        if spot.end > end:
            raise Outdated([spot])
        if replacements[spot] != text[spot.start : spot.end].replace("\r\n", "\n"):
            text = text[: spot.start] + replacements[spot] + text[spot.end :]
        end = spot.start
    return text


def _save(row: Any) -> None:
    """Save a row that holds new words. Raises ValidationError, with the place, where it does not take them."""
    try:
        row.full_clean()
    except ValidationError as error:
        _refuse(row, error)
    row.save()


def place_of(row: Model) -> str:
    """The guide and the part of it that a row stands in, in words."""
    guide: Guide = content_models.guide_of(row)
    headings = dict(guide.sections.values_list("slug", "heading"))
    return f"{guide}, {part_of(freezing.to_plain(row), headings)}"


def _refuse(row: Model, error: ValidationError) -> NoReturn:
    said = _("%(place)s: %(why)s") % {"place": place_of(row), "why": " ".join(error.messages)}
    raise ValidationError(said) from error
