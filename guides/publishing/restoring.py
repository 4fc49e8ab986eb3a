"""One section, or one row, as an edition has it, back into the draft; all else of the draft stays as it is."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from .. import freezing
from ..models import Edition
from . import diff, editions, fixtures
from .alignment import Plain, align
from .merge import chain_of, placed, reference_to, whole_rows

Rows = list[tuple[Plain, Model]]


@transaction.atomic
def restore_part(edition: Edition, place: int, author: AbstractBaseUser | None = None) -> Edition:
    """Bring the object at `place` of an edition, with all that is below it, back into the draft; return that.

    Of the guide itself it is the details alone. Raises PublishingRefused where the draft cannot hold it, as where it
    names a row that is no longer there.
    """
    guide = editions.lock(edition.guide)
    frozen, draft = edition.content, freezing.freeze(guide, derived=False)
    then = [{"model": plain["model"], "fields": plain["fields"]} for plain in frozen["objects"]]
    if not 0 <= place < len(then):
        raise editions.PublishingRefused(_("The edition has no such part."))
    known = {source["fields"]["slug"] for source in draft["sources"]}
    sources = [*draft["sources"], *(each for each in frozen["sources"] if each["fields"]["slug"] not in known)]
    wanted = then[place]
    objects = _with_part(draft["objects"], then, wanted, sources)
    try:
        fixtures.replace(guide.slug, draft | {"sources": sources, "objects": objects})
    except fixtures.FixtureErrors as errors:
        raise editions.PublishingRefused(
            _("Nothing was brought back: the draft, as it now is, cannot hold it. %(line)s") % {"line": errors.lines[0]}
        ) from errors
    comment = _("Brought back from edition %(number)s: %(name)s")
    comment %= {"number": edition.number, "name": diff.name_of(wanted)}
    return editions.save(guide, author, comment[:300])


def _with_part(now: list[Plain], then: list[Plain], wanted: Plain, sources: list[Plain]) -> list[Plain]:
    """The objects of the draft with one part as it was then, in the place where it is now."""
    here, there = align(now, then)
    key = next(key for key, plain in there.items() if plain is wanted)
    current = here.get(key)
    if wanted["model"] == "guides.guide":
        return [wanted if plain["model"] == "guides.guide" else plain for plain in now]
    before, after = list(whole_rows(now, sources)), list(whole_rows(then, sources))
    gone = [id(plain) for plain, _row in _below(before, current)] if current else []
    left = [(plain, row) for plain, row in before if id(plain) not in gone]
    back = list(_below(after, wanted))
    if not back:
        raise editions.PublishingRefused(_("It refers to something that the edition itself does not hold."))
    # What it hangs from comes along where that was deleted since.
    known = {reference_to(row) for _plain, row in left}
    ids = {id(row) for row in chain_of(back[0][1])[1:-1]}
    above = [(plain, row) for plain, row in after if id(row) in ids and reference_to(row) not in known]
    position = (current or wanted)["fields"].get("position", 0)
    restored = [placed(plain, position) if plain is wanted else plain for plain, _row in back]
    return [*(plain for plain, _row in left), *(plain for plain, _row in above), *restored]


def _below(rows: Rows, top: Plain | None) -> Iterator[tuple[Plain, Model]]:
    """Yield a plain object and all that hangs from it."""
    root = next((row for plain, row in rows if plain is top), None)
    for plain, row in rows:
        if root is not None and any(each is root for each in chain_of(row)):
            yield plain, row
