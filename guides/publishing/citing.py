"""One source in place of another: in the rows that name it, and in the links to its address."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, Q
from django.utils.translation import gettext as _

from .. import freezing
from ..models import Guide, Section, Source
from ..registry import content_models
from ..registry.content_models import ContentModel
from . import rewriting
from .places import subject_of
from .rewriting import Spot

_ADDRESS = re.compile(r"\]\((https?://[^)\s]+)")


@dataclass(frozen=True)
class Use:
    """A place that cites a source: the row, the field that names it, or where in a text it is linked to."""

    row: Model
    field: str
    spot: Spot | None = None

    @property
    def key(self) -> str:
        """What a form sends of it."""
        return str(self.spot) if self.spot else f"{self.row._meta.label_lower}-{self.row.pk}-{self.field}"

    @property
    def subject(self) -> str:
        """The row in words."""
        return subject_of(freezing.to_plain(self.row))

    @property
    def guide(self) -> Guide:
        guide: Guide = content_models.guide_of(self.row)
        return guide

    @property
    def section(self) -> Section | None:
        """The section that it stands in."""
        row: Any = self.row
        while not isinstance(row, Guide | Section):
            content = content_models.content_of(type(row))
            if content is None:
                return None
            row = getattr(row, content.parent)
        return row if isinstance(row, Section) else None


def section_path(content: ContentModel) -> str | None:
    """The lookup from a row to the section it stands in, or None where it stands in none."""
    if content.model is Section:
        return "pk"
    head, found, _guide = content.guide_path.rpartition("section__")
    return f"{head}section" if found else None


def uses(source: Source, guides: Collection[int], sections: Collection[int]) -> list[Use]:
    """Return the places in the drafts of `guides` and in `sections`, by their keys, that cite `source`."""
    found = []
    for content in content_models.CONTENT_MODELS:
        here, path = Q(**{f"{content.guide_path}__in": guides}), section_path(content)
        if path:
            here |= Q(**{f"{path}__in": sections})
        rows = content.model._default_manager.filter(here).select_related(content.guide_path)
        for field in freezing.fields_of(content.model):
            if isinstance(field, ForeignKey) and field.related_model is Source:
                found += [Use(row, field.name) for row in rows.filter(**{field.name: source})]
        for name in getattr(content.model, "markdown_fields", ()) if source.url else ():
            for row in rows.filter(**{f"{name}__contains": f"]({source.url}"}):
                found += [Use(row, name, spot) for spot in _links(row, name, source.url)]
    return found


def _links(row: Model, name: str, address: str) -> Iterator[Spot]:
    """Yield where a text links to `address` itself."""
    for match in re.finditer(rf"\]\(({re.escape(address)})(?=[)\s])", getattr(row, name)):
        yield Spot.of(row, name, *match.span(1))


def cited_by(guides: Collection[int], sections: Collection[int]) -> list[Source]:
    """Return the sources that rows of `guides` or `sections` name, or their texts link to."""
    cited: set[int] = set()
    texts: list[str] = []
    for content in content_models.CONTENT_MODELS:
        here, path = Q(**{f"{content.guide_path}__in": guides}), section_path(content)
        if path:
            here |= Q(**{f"{path}__in": sections})
        rows = content.model._default_manager.filter(here)
        for field in freezing.fields_of(content.model):
            if isinstance(field, ForeignKey) and field.related_model is Source:
                cited |= set(rows.exclude(**{field.name: None}).values_list(field.name, flat=True))
        for name in getattr(content.model, "markdown_fields", ()):
            texts += rows.filter(**{f"{name}__contains": "](http"}).values_list(name, flat=True)
    linked = {url for text in texts for url in _ADDRESS.findall(text)}
    return list(Source.objects.filter(Q(pk__in=cited) | Q(url__in=linked)))


def change(old: Source, new: Source, chosen: Collection[Use]) -> set[Guide]:
    """Have the chosen places cite `new` in place of `old`, and return the guides that changed.

    The caller holds those guides' rows, in a transaction, and has asked `uses` in it. Raises ValidationError, with the
    place, where a row does not take it.
    """
    guides = set(rewriting.rewrite({use.spot: new.url for use in chosen if use.spot and new.url}))
    for use in chosen:
        if use.spot is None:
            row = use.row._meta.model._default_manager.get(pk=use.row.pk)
            setattr(row, use.field, new)
            try:
                row.full_clean()
            except ValidationError as error:
                said = {"place": rewriting.place_of(row), "row": use.subject, "why": " ".join(error.messages)}
                raise ValidationError(_("%(place)s, %(row)s: %(why)s") % said) from error
            row.save()
            guides.add(use.guide)
    return guides
