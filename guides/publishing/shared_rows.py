"""What guides share - sources, terms, synonyms - out of a release into a site that runs. Readers see terms at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from .. import freezing
from ..models import ShippedContent
from ..registry import content_models
from . import content_version, references
from .alignment import Plain
from .merge import Collision, same
from .releases import Name

if TYPE_CHECKING:
    from .upgrade import UpgradeReport


def bring(record: ShippedContent, piece: ShippedContent, report: "UpgradeReport") -> None:
    """Put a shared row in as the release ships it, unless editors changed it: then it stays, and both are shown.

    One that editors deleted stays deleted. Raises ValidationError where it is not valid.
    """
    content_version.hold()
    row = _held_row(piece)
    states = Collision(
        base=_only(record) if record.packed else None,
        theirs=freezing.to_plain(row) if row else None,
        shipped=_only(piece),
    )
    record.fault = ""
    was_deleted = row is None and states.base is not None
    if was_deleted or same(states.theirs, states.shipped) or same(states.base, states.shipped):
        return
    if states.shipped and same(states.base, states.theirs):
        put(states.shipped)
        record.collisions = []
        report.rows.append(piece.slug)
    else:
        record.collisions = [states.as_json()]
        report.collided.append(piece.slug)


def put(plain: Plain) -> None:
    """Write a shared row as `plain` has it, new or in place of the one with its slug. Raises ValidationError."""
    row: Any = freezing.from_plain(plain, {})
    known = type(row)._default_manager.filter(slug=row.slug).first()
    if known:
        row.pk, row._state.adding = known.pk, False
    row.full_clean()
    row.save(force_insert=known is None)
    content_version.content_changed()


def _held_row(piece: ShippedContent) -> Model | None:
    rows = apps.get_model(piece.model)._default_manager.select_for_update()
    row: Model | None = rows.filter(slug=piece.slug).first()
    return row


def _only(piece: ShippedContent) -> Plain:
    plain: Plain = piece.content["objects"][0]
    return plain


def let_go(shipped: Iterable[Name]) -> None:
    """Remove the shared rows that the release ships no longer, where nobody changed them and nothing refers to them."""
    for record in ShippedContent.objects.filter(model__in=content_models.SHARED):
        if (record.model, record.slug) not in shipped:
            _let_go(record)


@transaction.atomic
def _let_go(record: ShippedContent) -> None:
    """Remove one row. Where it stays, it is the site's own from now on."""
    content_version.hold()
    row = _held_row(record)
    if row and same(freezing.to_plain(row), _only(record)) and not references.places(row):
        row.delete()
        content_version.content_changed()
    record.delete()
