"""What editors decide where a release and they themselves changed the same row."""

import hashlib
import json
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import freezing, registry
from ..models import Guide, ShippedContent
from ..models.shared import Reviewed
from ..registry.groups import PUBLISH
from . import diff, editions, fixtures, shared_editions, shared_rows
from .alignment import Plain
from .merge import Collision, chain_of, placed, reference_to, same, whole_rows

KEEP, TAKE = "keep", "take"


@dataclass(frozen=True)
class CollidingField:
    """A field of a row that collides: its label, what the last release said, and both sides as parts."""

    label: str
    base: str
    theirs: list[diff.TextPart]
    shipped: list[diff.TextPart]


def of(record: ShippedContent) -> dict[str, Collision]:
    """The collisions of a record by a name that stays the same while others are settled."""
    collisions = [Collision(**states) for states in record.collisions]
    return {_name(collision): collision for collision in collisions}


def _name(collision: Collision) -> str:
    written = json.dumps(collision.as_json(), sort_keys=True).encode()
    return hashlib.sha256(written).hexdigest()[:16]


def differing_fields(collision: Collision) -> list[CollidingField]:
    """The fields in which editors and release differ."""
    result = []
    for field in diff.fields_to_compare(collision.plain["model"]):
        base, theirs, shipped = (
            diff.as_text(field, plain) for plain in (collision.base, collision.theirs, collision.shipped)
        )
        if theirs != shipped:
            result.append(CollidingField(str(field.verbose_name), base, *diff.words(theirs, shipped)))
    return result


def describe(record: ShippedContent) -> str:
    """What became of a release's text, in words, empty where nothing needs anyone; `record` is one of `with_drafts`."""
    if record.fault:
        return record.fault
    words = []
    if count := len(record.collisions):
        words.append(
            ngettext(
                "%(count)s change collides with what was written here",
                "%(count)s changes collide with what was written here",
                count,
            )
            % {"count": count}
        )
    if getattr(record, "draft_waits", False):
        words.append(_("its text is in the draft, which readers do not see yet"))
    return "; ".join(words)


@transaction.atomic
def settle(record: ShippedContent, decisions: dict[str, str], user: AbstractBaseUser) -> None:
    """Keep what editors wrote, or take what the release ships, for each collision named in `decisions`.

    What is taken goes into the guide's draft; a source, term or synonym changes at once. Raises
    editions.PublishingRefused where the row has been changed meanwhile, or the guide cannot hold what would be taken:
    then nothing is changed.
    """
    record = ShippedContent.objects.select_for_update().get(pk=record.pk)
    collisions = of(record)
    if not decisions.keys() <= collisions.keys():
        raise editions.PublishingRefused(
            _("Meanwhile someone else settled a part of this. Look again at what is left.")
        )
    taken = [collisions[name] for name, decision in decisions.items() if decision == TAKE]
    left = [collision for name, collision in collisions.items() if name not in decisions]
    if taken and record.is_guide:
        objects = _take_into_draft(record, taken, user)
        left = [collision for collision in left if not _is_in(objects, collision)]
    elif taken:
        _take_row(record, taken[0], user)
    record.collisions = [collision.as_json() for collision in left]
    record.save(update_fields=["collisions", "draft_number"])


def dismiss(record: ShippedContent) -> None:
    """Let a draft or a fault be announced no longer."""
    ShippedContent.objects.filter(pk=record.pk).update(draft_number=None, fault="")


def _take_into_draft(record: ShippedContent, taken: list[Collision], user: AbstractBaseUser) -> list[Plain]:
    """Put the release's side of each collision into the guide's draft; return the draft's objects."""
    guide = Guide.objects.filter(slug=record.slug).first()
    if guide is None:
        raise editions.PublishingRefused(_("The guide has been deleted meanwhile."))
    editions.lock(guide)
    draft, shipped = freezing.freeze(guide, derived=False), record.content
    sources = [*draft["sources"], *(source for source in shipped["sources"] if source not in draft["sources"])]
    objects: list[Plain] = draft["objects"]
    for collision in taken:
        objects = _with_release(objects, collision, shipped["objects"], sources)
    try:
        fixtures.replace(guide.slug, draft | {"sources": sources, "objects": objects})
    except fixtures.FixtureErrors as errors:
        raise editions.PublishingRefused(
            _("Nothing was taken over: the guide, as it now is, cannot hold it. %(line)s") % {"line": errors.lines[0]}
        ) from errors
    names = "; ".join(dict.fromkeys(diff.name_of(collision.plain) for collision in taken))
    comment = _("Taken from release %(release)s: %(names)s") % {"release": record.release, "names": names}
    record.draft_number = editions.save(guide, user, comment[:300]).number
    return objects


def _take_row(record: ShippedContent, collision: Collision, user: AbstractBaseUser) -> None:
    """Put the release's state of a source, a term or another shared row in place of the editors'."""
    row = record.row()
    if collision.shipped is None or not same(freezing.to_plain(row) if row else None, collision.theirs):
        raise _changed(collision)
    if isinstance(row, Reviewed) and isinstance(user, User) and not user.has_perm(PUBLISH):
        _take_as_draft(record, collision.shipped, user)
        return
    shared_rows.put(collision.shipped)
    for loaded in registry.each("loaded"):
        loaded(_("Taken from release %(release)s") % {"release": record.release}, False)
    if record.model == "guides.source":
        for guide in Guide.objects.citing([record.row()]):
            editions.save(guide, user, _("Source changed: %(source)s") % {"source": record})


def _take_as_draft(record: ShippedContent, plain: Plain, user: AbstractBaseUser) -> None:
    """Readers see what the release says once somebody who may publishes it."""
    comment = _("Taken from release %(release)s") % {"release": record.release}
    shared_editions.save(freezing.from_plain(plain, {}), user, comment)


def _changed(collision: Collision) -> editions.PublishingRefused:
    name = diff.name_of(collision.plain)
    return editions.PublishingRefused(
        _("'%(name)s' has been changed since the upgrade. Change it by hand, then choose what is there now.")
        % {"name": name}
    )


def _is_in(objects: list[Plain], collision: Collision) -> bool:
    """Whether the draft has the release's state of a row."""
    return collision.shipped is not None and any(_is(plain, collision.shipped) for plain in objects)


def _is(plain: Plain, other: Plain) -> bool:
    return plain["model"] == other["model"] and same(plain, other)


def _with_release(
    objects: list[Plain], collision: Collision, shipped: list[Plain], sources: list[Plain]
) -> list[Plain]:
    """Return a draft's objects with the release's side of one collision."""
    if _is_in(objects, collision):
        return objects
    if collision.theirs is None:
        return [*objects, *_missing(objects, collision, shipped, sources)]
    place = next((place for place, plain in enumerate(objects) if _is(plain, collision.theirs)), None)
    if place is None:
        raise _changed(collision)
    if collision.shipped is None:
        rows = list(freezing.instances(objects, sources))
        removed = next(row for plain, row in rows if plain is objects[place])
        return [plain for plain, row in rows if not (isinstance(row, Model) and removed in chain_of(row))]
    position = objects[place]["fields"].get("position", 0)
    return [*objects[:place], placed(collision.shipped, position), *objects[place + 1 :]]


def _missing(objects: list[Plain], collision: Collision, shipped: list[Plain], sources: list[Plain]) -> list[Plain]:
    """What comes back of a row that was deleted here: with what it hangs from, as far as that is gone too, whole."""
    known = {reference_to(row) for _plain, row in freezing.instances(objects, sources)} - {None}
    rows = list(whole_rows(shipped, sources))
    wanted = next((row for plain, row in rows if collision.shipped and _is(plain, collision.shipped)), None)
    if wanted is None:
        raise _changed(collision)
    gone = [row for row in chain_of(wanted)[:-1] if reference_to(row) not in known]
    back = [plain for plain, row in rows if gone[-1] in chain_of(row)]
    return [plain for plain in back if not any(_is(plain, other) for other in objects)]
