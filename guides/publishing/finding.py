"""Words in all texts of all guides: where they stand, in drafts and in what readers see, each in its sentence."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .. import figures_in_texts
from ..models import Edition, Guide, Section
from ..registry import content_models
from . import status
from .places import headings_in, part_of
from .rewriting import Spot
from .sentences import spans

# So many places are shown; whoever has changed them is shown the next.
MOST = 400
# So much of a sentence is shown on either side of the words.
MOST_BESIDE = 160
BOTH, DRAFT, LIVE = "both", "draft", "live"
STATES: dict[str, str | Promise] = {
    BOTH: _("in the draft and live"),
    DRAFT: _("only in the draft"),
    LIVE: _("only live: the draft does not say it any more"),
}
_LINK_ADDRESS = re.compile(r"\]\([^)\s]*\)")
_ALIKE = {"'": "['’]", "’": "['’]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}


@dataclass(frozen=True)
class Query:
    """What is looked for. Spaces stand for any space, straight quotation marks for curly ones too."""

    words: str
    match_case: bool = False
    whole_words: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it."""
        escaped = ("".join(_ALIKE.get(sign, re.escape(sign)) for sign in word) for word in self.words.split())
        pattern = r"\s+".join(escaped)
        if self.whole_words:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return re.compile(pattern, re.NOFLAG if self.match_case else re.IGNORECASE)

    @cached_property
    def needle(self) -> str:
        """What stands in every text that holds it, whatever a database takes for the same letter; may be empty."""
        return max(re.findall(r"[A-Za-z0-9]+", self.words), key=len, default="")

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where it stands in `text`; what is part of a figure's name is no word."""
        names = [match.span() for match in figures_in_texts.ATTEMPT.finditer(text)]
        for match in self.pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in names):
                yield match

    def in_place_of(self, said: str, replacement: str) -> str:
        """What is written for `said`: the replacement, with a capital where the words had one and case is ignored."""
        is_raised = not self.match_case and said[:1].isupper() and replacement[:1].islower()
        return capfirst(replacement) if is_raised else replacement


@dataclass(frozen=True)
class Hit:
    """Words that were found: the guide and part, the kind of text, the sentence around them, and who sees it.

    `row` and `spot` are of the draft; what is only live has neither.
    """

    guide: Guide
    place: str
    kind: str
    before: str
    words: str
    after: str
    state: str
    is_address: bool
    row: Model | None = None
    spot: Spot | None = None

    @property
    def state_in_words(self) -> str:
        return str(STATES[self.state])


# What tells a sentence of a draft from another one: the model, the field, and the sentence.
Said = tuple[str, str, str]


def find(query: Query) -> list[Hit]:
    """Return where the words stand, guide by guide as they are read; the first MOST and one, so that more can be told.

    A constant number of queries, and one for each guide whose draft and live edition differ.
    """
    guides: dict[int, Any] = {guide.pk: guide for guide in status.with_status(Guide.objects.all())}
    live = {
        pk: _live_hits(query, guide) if guide.live_hash and guide.live_hash != guide.newest_hash else []
        for pk, guide in guides.items()
    }
    waiting = {pk: Counter(said for said, _hit in found) for pk, found in live.items()}
    by_guide: defaultdict[int, list[tuple[tuple[Any, ...], Hit]]] = defaultdict(list)
    for number, (row, field) in enumerate(_texts(query)):
        guide = guides[content_models.guide_of(row).pk]
        for said, hit in _draft_hits(query, row, field, guide):
            state = BOTH if guide.live_hash else DRAFT
            if guide.live_hash and guide.live_hash != guide.newest_hash:
                state = BOTH if waiting[guide.pk][said] > 0 else DRAFT
                waiting[guide.pk][said] -= 1
            by_guide[guide.pk].append(((*_reading_order(row), number), _with_state(hit, state)))
    hits = []
    for pk in sorted(guides, key=lambda pk: (guides[pk].title.lower(), pk)):
        hits += [hit for _order, hit in sorted(by_guide[pk], key=lambda pair: pair[0])]
        for said, hit in live[pk]:
            if waiting[pk][said] > 0:
                waiting[pk][said] -= 1
                hits.append(hit)
        if len(hits) > MOST:
            break
    return hits[: MOST + 1]


def _with_state(hit: Hit, state: str) -> Hit:
    values = {name: getattr(hit, name) for name in hit.__dataclass_fields__}
    return Hit(**values | {"state": state})


def fields_of(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields of a model that hold words, and not the short names of other rows."""
    content = content_models.content_of(model)
    return [field for field in figures_in_texts.text_fields(model) if not content or field.name not in content.names]


def _texts(query: Query) -> "Iterator[tuple[Model, Field[Any, Any]]]":
    """Yield the rows of all drafts with the fields that may hold the words. One query a model."""
    models: list[type[Model]] = [Guide, *(content.model for content in content_models.CONTENT_MODELS)]
    for model in models:
        fields, condition = fields_of(model), Q()
        for field in fields:
            condition |= Q(**{f"{field.name}__icontains": query.needle}) if query.needle else Q()
        for row in model._default_manager.filter(condition).select_related(*_above(model)) if fields else ():
            for field in fields:
                yield row, field


def _above(model: type[Model]) -> list[str]:
    """The lookups to what a row stands in: its guide, and the section that its own section is a part of."""
    content = content_models.content_of(model)
    if content is None:
        return []
    if model is Section:
        return ["guide", "parent"]
    head, found, _rest = content.guide_path.rpartition("section__")
    return [content.guide_path, f"{head}section__parent"] if found else [content.guide_path]


def _section_of(row: Model) -> Section | None:
    """The section that a row is or stands in."""
    while not isinstance(row, Guide):
        if isinstance(row, Section):
            return row
        content = content_models.content_of(type(row))
        if content is None:
            return None
        row = getattr(row, content.parent)
    return None


def _reading_order(row: Model) -> tuple[int, ...]:
    """Sort key: the guide's own details first, then its sections with their parts, then what hangs beside them."""
    section = _section_of(row)
    if section is None:
        return (-1,) if isinstance(row, Guide) else (100_000,)
    whole = section.parent or section
    return (whole.position, whole.pk, section.position if section.parent else -1, section.pk)


def _draft_hits(query: Query, row: Model, field: "Field[Any, Any]", guide: Guide) -> Iterator[tuple[Said, Hit]]:
    text: str = getattr(row, field.name) or ""
    section = _section_of(row)
    app = apps.get_app_config(row._meta.app_label)
    place = section.heading if section else str(_("Guide details")) if app.label == "guides" else str(app.verbose_name)
    for match in query.matches(text):
        spot = Spot.of(row, field.name, *match.span())
        yield _hit(guide, place, row._meta.label_lower, field, text, match, DRAFT, row, spot)


def _live_hits(query: Query, guide: Guide) -> list[tuple[Said, Hit]]:
    """What readers have of it in the guide's live edition."""
    edition = Edition.objects.live().get(guide=guide)
    if query.needle.lower().encode() not in zlib.decompress(edition.packed).lower():
        return []
    content, hits = edition.content, []
    headings = headings_in(content["objects"])
    for plain in content["objects"]:
        if not content_models.is_known(plain["model"]):
            continue
        for field in fields_of(apps.get_model(plain["model"])):
            text = plain["fields"].get(field.name) or ""
            for match in query.matches(text):
                place = part_of(plain, headings)
                hits.append(_hit(guide, place, plain["model"], field, text, match, LIVE, None, None))
    return hits


def _hit(
    guide: Guide,
    place: str,
    label: str,
    field: "Field[Any, Any]",
    text: str,
    match: re.Match[str],
    state: str,
    row: Model | None,
    spot: Spot | None,
) -> tuple[Said, Hit]:
    """Return a Hit with the sentence around it, and what tells that sentence from another one."""
    start, end = next(
        (span for span in spans(text) if span[0] <= match.start() and match.end() <= span[1]), (0, len(text))
    )
    before, after = text[start : match.start()], text[match.end() : end]
    is_address = any(
        link.start() < match.start() and match.end() < link.end() + 1 for link in _LINK_ADDRESS.finditer(text)
    )
    kind = f"{apps.get_model(label)._meta.verbose_name}, {field.verbose_name}"
    hit = Hit(
        guide,
        place,
        kind,
        before if len(before) <= MOST_BESIDE else f"…{before[-MOST_BESIDE:]}",
        match[0],
        after if len(after) <= MOST_BESIDE else f"{after[:MOST_BESIDE]}…",
        state,
        is_address,
        row,
        spot,
    )
    return (label, field.name, f"{text[start:end]}\0{match.start() - start}"), hit
