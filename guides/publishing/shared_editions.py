"""Everything that moves the drafts of what guides share: saving keeps one, publishing writes it into the row that
readers see. Whoever writes holds the content version, so that all of them queue up.
"""

from typing import Any, TypeVar, cast

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import freezing
from ..models import SharedEdition
from ..models.shared import Reviewed
from . import content_version, references
from .editions import PublishingRefused
from .shared_rows import put

State = SharedEdition.State
Row = TypeVar("Row", bound=Model)


def draft_of(row: Model) -> SharedEdition | None:
    """What waits for a publisher of a row, or None."""
    return SharedEdition.objects.of(row).drafts().select_related("author").first()


def with_draft(row: Row) -> Row:
    """Put what waits of a row into its fields, which are not stored; return it."""
    draft = draft_of(row)
    if draft and draft.fields:
        proposed = freezing.from_plain({"model": draft.model, "fields": draft.fields}, {})
        for field in freezing.fields_of(type(row)):
            setattr(row, field.attname, getattr(proposed, field.attname))
    return row


@transaction.atomic
def save(row: Model, author: AbstractBaseUser | None = None, comment: str = "") -> SharedEdition | None:
    """Keep a row as it stands in memory as the draft; None where readers see that already."""
    return _keep(row, freezing.to_plain(row)["fields"], author, comment)


@transaction.atomic
def propose_deletion(row: Model, author: AbstractBaseUser | None = None) -> SharedEdition | None:
    """Keep as the draft that a row is to be deleted. One that readers never saw goes at once."""
    if not cast(Reviewed, row).is_live:
        SharedEdition.objects.of(row).drafts().update(state=State.PASSED)
        row.delete()
        return None
    return _keep(row, None, author, "")


def _keep(
    row: Model, fields: dict[str, Any] | None, author: AbstractBaseUser | None, comment: str
) -> SharedEdition | None:
    content_version.hold()
    stored = _stored(row)
    _remember_live(row, stored)
    SharedEdition.objects.of(row).drafts().update(state=State.PASSED)
    if fields is not None and fields == stored:
        return None
    return _add(row, fields, author=cast(User | None, author), comment=comment)


def _stored(row: Model) -> dict[str, Any] | None:
    """The fields that readers see now; None where they do not see the row."""
    live = type(row)._default_manager.filter(slug=getattr(row, "slug", ""), is_live=True).first()
    return freezing.to_plain(live)["fields"] if live else None


def _remember_live(row: Model, stored: dict[str, Any] | None) -> None:
    """Have an edition of what readers see, whoever brought it: a release, a file or an older version of the site."""
    live = SharedEdition.objects.of(row).filter(state=State.LIVE).first()
    if stored is not None and (live is None or live.fields != stored):
        SharedEdition.objects.of(row).filter(state=State.LIVE).update(state=State.RETIRED)
        _add(row, stored, state=State.LIVE, comment=_("As it was read from a file or a release"))


def _add(row: Model, fields: dict[str, Any] | None, **more: Any) -> SharedEdition:
    last = SharedEdition.objects.of(row).aggregate(last=Max("number"))["last"] or 0
    slug: str = getattr(row, "slug", "")
    label = row._meta.label_lower
    return SharedEdition.objects.create(model=label, slug=slug, fields=fields, number=last + 1, **more)


def held(edition: SharedEdition) -> SharedEdition:
    """Hold what decides, and return the edition as it now is."""
    content_version.hold()
    return SharedEdition.objects.select_related("author").get(pk=edition.pk)


def _refuse_unless(edition: SharedEdition, *states: str) -> None:
    if edition.state not in states:
        state = edition.get_state_display()
        raise PublishingRefused(_("Nothing was done: meanwhile this edition is '%(state)s'.") % {"state": state})


@transaction.atomic
def submit(edition: SharedEdition, user: AbstractBaseUser | None = None, note: str = "") -> None:
    """Put a draft on the 'For review' list, with a note to the reviewer."""
    edition = held(edition)
    _refuse_unless(edition, State.SAVED)
    told = {"submitted_by": user, "submission_note": note, "review_note": ""}
    SharedEdition.objects.filter(pk=edition.pk).update(state=State.SUBMITTED, **told)


@transaction.atomic
def take_back(edition: SharedEdition, user: AbstractBaseUser) -> None:
    """Take a draft off the 'For review' list for whoever submitted it."""
    edition = held(edition)
    _refuse_unless(edition, State.SUBMITTED)
    if not edition.is_submitted_by(user):
        raise PublishingRefused(_("Only whoever submitted it can take it back; a publisher can send it back."))
    SharedEdition.objects.filter(pk=edition.pk).update(state=State.SAVED)


@transaction.atomic
def send_back(edition: SharedEdition, note: str) -> None:
    """Take a draft off the 'For review' list, with a note to its author."""
    edition = held(edition)
    _refuse_unless(edition, State.SUBMITTED)
    SharedEdition.objects.filter(pk=edition.pk).update(state=State.SAVED, review_note=note)


@transaction.atomic
def throw_away(edition: SharedEdition) -> None:
    """Let a draft wait no longer; a row that readers never saw goes with it."""
    edition = held(edition)
    _refuse_unless(edition, *SharedEdition.DRAFTS)
    SharedEdition.objects.filter(pk=edition.pk).update(state=State.PASSED)
    row = edition.row
    if row and not cast(Reviewed, row).is_live:
        row.delete()


@transaction.atomic
def publish(edition: SharedEdition, user: AbstractBaseUser | None = None) -> None:
    """Show a draft to readers: write it into the row, or delete that. Raises ValidationError where it is not valid."""
    edition = held(edition)
    _refuse_unless(edition, *SharedEdition.DRAFTS)
    of_row = SharedEdition.objects.filter(model=edition.model, slug=edition.slug)
    if edition.fields is not None:
        put({"model": edition.model, "fields": edition.fields})
    elif row := edition.row:
        if places := references.places(row):
            raise PublishingRefused(_("It stays while something refers to it: %(place)s.") % {"place": places[0]})
        row.delete()
        content_version.content_changed()
    of_row.filter(state=State.LIVE).update(state=State.RETIRED)
    state = State.RETIRED if edition.is_deletion else State.LIVE
    of_row.filter(pk=edition.pk).update(state=state, published_at=timezone.now(), published_by=user, review_note="")


@transaction.atomic
def restore(edition: SharedEdition, author: AbstractBaseUser | None = None) -> SharedEdition | None:
    """Bring an older edition back as the draft; of a deleted row, as a new one that readers do not see yet."""
    if edition.fields is None:
        raise PublishingRefused(_("This edition deleted the row: there is nothing in it to bring back."))
    row: Any = freezing.from_plain({"model": edition.model, "fields": edition.fields}, {})
    if edition.row is None:
        row.is_live = False
        row.full_clean()
        row.save()
    return save(row, author, _("Restored from edition %(number)s") % {"number": edition.number})
