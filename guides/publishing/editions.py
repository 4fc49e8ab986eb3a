"""From an editor's hand to a reader's screen: saving, submitting, publishing, restoring and withdrawing a guide.

Every function that writes holds the guide's row first, so that all of them queue up, on SQLite and PostgreSQL alike.
"""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import freezing
from ..models import Edition, Guide
from . import checks, content_version, diff, elsewhere, fixtures, listings, references, signals
from .link_faults import Coming

# A model's label, and a row's slug.
Name = tuple[str, str]

log = logging.getLogger(__name__)
State = Edition.State


class PublishingRefused(Exception):
    """A step that is not possible as things are; the message tells the person why, and what to do."""


class Unfit(PublishingRefused):
    """An edition that the check keeps from readers; `problems` are the errors that it found."""

    def __init__(self, problems: list[checks.Problem]) -> None:
        self.problems = problems
        super().__init__(_("Not published. %(reasons)s") % {"reasons": self.reasons})

    @property
    def reasons(self) -> str:
        """What is to be mended, and where, in sentences."""
        return " ".join(f"{problem.place}: {problem.message}" for problem in self.problems)


def lock(guide: Guide) -> Guide:
    """Hold the guide's row until the transaction ends, so that saves and publishing queue up."""
    return Guide.objects.select_for_update().get(pk=guide.pk)


def lock_all(guides: QuerySet[Guide]) -> list[Guide]:
    """Hold the rows of several guides, always in the same order, so that two who do so never wait for each other."""
    return list(guides.select_for_update().order_by("pk"))


def newest(guide: Guide | None) -> Edition | None:
    """Return the guide's newest edition, which is its draft, or None."""
    return guide.editions.order_by("-number").first() if guide else None


def is_by_nobody_else(guide: Guide, user: AbstractBaseUser) -> bool:
    """Whether `user` saved the guide, and every edition of it is theirs."""
    return guide.editions.exists() and not guide.editions.exclude(author=user.pk).exists()


def tell_deleted(guide: Guide, user: AbstractBaseUser | None) -> None:
    """Tell whoever listens that a guide, which readers never saw, is gone with its history."""
    _send("deleted", guide, None, user)


def names(edition: Edition | None) -> frozenset[Name]:
    """What readers may hold on to: (model label, slug) of all that has an address in `edition`."""
    plains = edition.content["objects"] if edition else []
    return frozenset((plain["model"], plain["fields"]["slug"]) for plain in plains if "slug" in plain["fields"])


def published_names(guide: Guide) -> frozenset[Name]:
    """The names that stand in the guide's newest published edition, even where it has been withdrawn since."""
    return names(guide.editions.exclude(published_at=None).order_by("-published_at").first())


def live_names(guide: Guide) -> frozenset[Name]:
    """The names that readers can follow now."""
    return names(guide.editions.live().first())


@transaction.atomic
def save(guide: Guide, author: AbstractBaseUser | None = None, comment: str = "") -> Edition:
    """Freeze the guide's rows as a new edition and return it; return the newest one where nothing changed."""
    guide = lock(guide)
    before = newest(guide)
    edition = Edition(guide=guide, author=cast(User | None, author), comment=comment)
    edition.content = freezing.freeze(guide)
    if before and before.content_hash == edition.content_hash:
        return before
    edition.number = (before.number if before else 0) + 1
    edition.changes = diff.summary(before.content, edition.content) if before else ""
    edition.save()
    return edition


@transaction.atomic
def submit(edition: Edition, user: AbstractBaseUser | None = None, note: str = "") -> None:
    """Put `edition` on the 'For review' list with a note to the reviewer, in place of an older one of the guide."""
    edition = held(edition)
    if edition.state != State.SAVED:
        raise PublishingRefused(_("Edition %(number)s is not a draft: it is %(state)s.") % _described(edition))
    _withdraw(edition.guide, State.SUBMITTED)
    move(edition, State.SUBMITTED, review_note="", submitted_by=user, submission_note=note)
    _tell("submitted", edition, user)


@transaction.atomic
def send_back(edition: Edition, note: str, user: AbstractBaseUser | None = None) -> None:
    """Take `edition` off the 'For review' list, with a note to whoever wrote it."""
    edition = held(edition)
    if edition.state != State.SUBMITTED:
        raise PublishingRefused(
            _("Edition %(number)s is not waiting for review: it is %(state)s.") % _described(edition)
        )
    move(edition, State.SAVED, review_note=note)
    _tell("sent back", edition, user)


@transaction.atomic
def schedule(edition: Edition, moment: datetime, user: AbstractBaseUser | None = None) -> None:
    """Have `edition` published by the clock at `moment`, in place of another one that waits."""
    edition = held(edition)
    if edition.state == State.LIVE:
        raise PublishingRefused(_("Edition %(number)s is live already.") % _described(edition))
    if moment <= timezone.now():
        raise PublishingRefused(_("That moment has passed. Choose a later one, or publish now."))
    _refuse_unfit(edition)
    _withdraw(edition.guide, State.SCHEDULED)
    move(edition, State.SCHEDULED, publish_at=moment, published_by=user)
    _tell("scheduled", edition, user)


@transaction.atomic
def unschedule(edition: Edition) -> None:
    """Leave `edition` as a draft, not to be published by the clock."""
    edition = held(edition)
    if edition.state != State.SCHEDULED:
        raise PublishingRefused(_("Edition %(number)s is not scheduled: it is %(state)s.") % _described(edition))
    move(edition, _resting(edition), publish_at=None, published_by=None)


@transaction.atomic
def publish(edition: Edition, user: AbstractBaseUser | None = None, coming: Coming | None = None) -> Edition:
    """Make `edition` the one that readers see, and return it; the one before it is kept as 'was live'.

    `coming` are guides that go live with it: see checks.check. Raises Unfit where the check finds errors.
    """
    edition = held(edition)
    content_version.hold()
    _refuse_unfit(edition, coming)
    shown = elsewhere.shown_of(edition.guide)
    edition.guide.editions.live().exclude(pk=edition.pk).update(state=State.RETIRED)
    # What waits with an older text would bring that text back later.
    _withdraw(edition.guide, State.SUBMITTED, State.SCHEDULED, number__lt=edition.number)
    move(
        edition, State.LIVE, published_at=timezone.now(), published_by=user, publish_at=None,
        withdrawn_at=None, withdrawn_because="",
    )  # fmt: skip
    listings.write(edition)
    content_version.content_changed(elsewhere.concern_of(edition.guide, shown))
    _tell("published", edition, user)
    return edition


@transaction.atomic
def publish_together(editions: list[Edition], user: AbstractBaseUser | None = None) -> None:
    """Publish `editions`, each of another guide, all of them or none: they may lead to one another.

    Raises Unfit with the errors of all, each with its guide's name.
    """
    coming = {edition.guide.slug: references.section_slugs(edition.content) for edition in editions}
    problems = []
    for edition in editions:
        try:
            publish(edition, user, coming)
        except Unfit as refusal:
            problems += [replace(problem, place=f"{edition.guide}, {problem.place}") for problem in refusal.problems]
    if problems:
        raise Unfit(problems)


@transaction.atomic
def unpublish(guide: Guide, user: AbstractBaseUser | None = None, reason: str = "", replaced_by: str = "") -> None:
    """Take the guide from readers, who are told `reason`, or led to the guide whose slug is `replaced_by`.

    Its editions and its draft stay.
    """
    guide = lock(guide)
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_because": reason}
    if not guide.editions.live().update(state=State.RETIRED, **withdrawn):
        raise PublishingRefused(_("The guide is not live."))
    if replaced_by and replaced_by != guide.replaced_by:
        guide.replaced_by = replaced_by
        guide.save(update_fields=["replaced_by"])
        save(guide, user, _("Withdrawn: readers are led to %(guide)s") % {"guide": replaced_by})
    listings.remove(guide)
    content_version.content_changed()
    _send("unpublished", guide, None, user)


def is_any_due() -> bool:
    """Whether there is something for `publish_due`."""
    return Edition.objects.due(timezone.now()).exists()


def publish_due(now: datetime | None = None) -> list[Edition]:
    """Publish every scheduled edition whose moment has come, each on its own; return them.

    One that the check refuses goes on waiting, and says why. So does one that fails, which keeps no other one from
    readers: what failed is raised at the end.
    """
    now = now or timezone.now()
    published, failures = [], []
    for edition in Edition.objects.due(now).defer("packed").select_related("guide"):
        try:
            if _publish_if_due(edition, now):
                published.append(edition)
        except Exception as error:
            log.exception("%s could not be published", edition)
            failures.append(f"{edition}: {type(error).__name__}: {error}")
            waiting = Edition.objects.filter(pk=edition.pk, state=State.SCHEDULED)
            waiting.update(refused_at=now, refusal=_("The site failed to publish it; its log says why."))
    if failures:
        raise RuntimeError("; ".join(failures))
    return published


@transaction.atomic
def _publish_if_due(edition: Edition, now: datetime) -> bool:
    """Publish `edition` unless it is refused, or someone withdrew or published it a moment ago."""
    edition = held(edition)
    if edition.state != State.SCHEDULED or edition.publish_at is None or edition.publish_at > now:
        return False
    try:
        publish(edition, edition.published_by)
    except Unfit as refusal:
        move(edition, State.SCHEDULED, refused_at=now, refusal=refusal.reasons[:1000])
        return False
    return True


@transaction.atomic
def restore(edition: Edition, author: AbstractBaseUser | None = None) -> Edition:
    """Load `edition` back into the rows as the new draft, and return it; the restore is itself an edition."""
    guide = lock(edition.guide)
    fixtures.replace(guide.slug, edition.content)
    return save(guide, author, _("Restored from edition %(number)s") % {"number": edition.number})


def held(edition: Edition) -> Edition:
    """Hold the edition's guide, and return the edition as it now is."""
    lock(edition.guide)
    return Edition.objects.select_related("guide", "published_by").get(pk=edition.pk)


def _refuse_unfit(edition: Edition, coming: Coming | None = None) -> None:
    """Raise Unfit where the check finds errors. Every way to readers passes here."""
    if problems := checks.errors(edition, coming):
        raise Unfit(problems)


def move(edition: Edition, state: str, **changes: Any) -> None:
    """Give `edition` a new state and what belongs to it."""
    changes = {"state": state, "refused_at": None, "refusal": "", **changes}
    for name, value in changes.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(changes))


def _resting(edition: Edition) -> str:
    """The state of an edition that waits for nothing."""
    return State.RETIRED if edition.published_at else State.SAVED


def _withdraw(guide: Guide, *states: str, **those: Any) -> None:
    """Let the guide's editions in `states` wait no longer."""
    for edition in guide.editions.filter(state__in=states, **those):
        move(edition, _resting(edition), publish_at=None)


def _described(edition: Edition) -> dict[str, Any]:
    return {"number": edition.number, "state": edition.get_state_display()}


def _tell(action: str, edition: Edition, user: AbstractBaseUser | None) -> None:
    _send(action, edition.guide, edition.number, user)


def _send(action: str, guide: Guide, number: int | None, user: AbstractBaseUser | None) -> None:
    """Tell whoever listens, once it is certain."""
    transaction.on_commit(
        lambda: signals.publishing.send(Edition, action=action, guide=guide.slug, edition=number, user=user)
    )
