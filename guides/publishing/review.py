"""Between author and reviewer: a submission that its author takes back, and the reviewer's note that is open."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from ..models import Edition, Guide
from .editions import PublishingRefused, held, move

State = Edition.State


@transaction.atomic
def take_back(edition: Edition, user: AbstractBaseUser) -> None:
    """Take `edition` off the 'For review' list for whoever submitted it: it is a draft again."""
    edition = held(edition)
    if edition.state != State.SUBMITTED:
        words = {"number": edition.number, "state": edition.get_state_display()}
        raise PublishingRefused(_("Edition %(number)s is not waiting for review: it is %(state)s.") % words)
    if not edition.is_submitted_by(user):
        raise PublishingRefused(_("Only whoever submitted it can take it back; a publisher can send it back."))
    move(edition, State.SAVED)


def sent_back() -> QuerySet[Edition]:
    """The editions that a reviewer sent back, until a later one of the guide is on its way to readers, or brings back
    what stood in the draft before, as where a batch is undone.
    """
    later = Edition.objects.filter(guide=OuterRef("guide"), number__gt=OuterRef("number"))
    answered = Exists(later.exclude(state=State.SAVED))
    before = Edition.objects.filter(
        guide=OuterRef("guide"), number__lt=OuterRef(OuterRef("number")), content_hash=OuterRef("content_hash")
    )
    undone = Exists(later.exclude(content_hash=OuterRef("content_hash")).filter(Exists(before)))
    return Edition.objects.filter(~answered, ~undone, state=State.SAVED).exclude(review_note="").defer("packed")


def open_note(guide: Guide) -> Edition | None:
    """Return the edition of the guide whose note is still to be answered, the newest, or None."""
    return sent_back().filter(guide=guide).order_by("-number").first()


def note_before(edition: Edition) -> str:
    """The note to the reviewer that this draft, or an earlier one that came no further, was submitted with last.

    What was undone is passed over: where an edition is the same as an earlier one, those between them do not count.
    """
    earlier = edition.guide.editions.filter(number__lte=edition.number).order_by("number")
    history = list(earlier.values_list("content_hash", "state", "submission_note"))
    while history:
        content, state, note = history.pop()
        if state != State.SAVED or note:
            return note if state == State.SAVED else ""
        same = [place for place, each in enumerate(history) if each[0] == content]
        if same:
            history = history[: same[-1] + 1]
    return ""
