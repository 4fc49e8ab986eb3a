"""Several guides' drafts as one: saved, submitted, published, sent back and undone together.

Each edition of a batch is an ordinary draft of its guide. What happened to it since decides what can still be done.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import figures_in_texts, freezing
from ..models import Batch, Edition, Guide
from . import editions
from .editions import PublishingRefused
from .places import headings_in, part_of
from .sentences import sentences, without_links

State = Edition.State
MOST_CHARACTERS = 300


def short(comment: str) -> str:
    """A comment no longer than the history takes."""
    return Truncator(comment).chars(MOST_CHARACTERS)


@transaction.atomic
def save(comments: Mapping[Guide, str], author: AbstractBaseUser | None, comment: str) -> Batch | None:
    """Save the draft of each guide, with a comment each, and return those that changed as one batch; None for none.

    The caller has changed the guides' rows in the same transaction, and holds them.
    """
    made = []
    for guide, own in comments.items():
        before = editions.newest(guide)
        edition = editions.save(guide, author, short(own))
        if before is None or edition.number > before.number:
            made.append(edition)
    if not made:
        return None
    batch = Batch.objects.create(comment=short(comment), author=cast(User | None, author))
    Edition.objects.filter(pk__in=[edition.pk for edition in made]).update(batch=batch)
    return batch


@dataclass(frozen=True)
class Member:
    """An edition of a batch as things stand: what readers have of its guide, and which one is the draft.

    `later_waits` says that a later edition, which grew out of it, waits for review or for its moment already,
    `is_return` that an earlier edition was the same, as where another batch is undone.
    """

    edition: Edition
    live: Edition | None
    newest: Edition
    before: Edition | None
    later_waits: bool = False
    is_return: bool = False

    @property
    def is_passed(self) -> bool:
        """Whether readers have a later edition, which grew out of this one."""
        return self.live is not None and self.live.number > self.edition.number

    @property
    def is_draft(self) -> bool:
        """Whether nobody has saved the guide since."""
        return self.newest.pk == self.edition.pk

    @property
    def is_undone(self) -> bool:
        """Whether the draft is again what it was before."""
        return (
            self.before is not None
            and not self.is_draft
            and self.newest.content_hash == self.before.content_hash != self.edition.content_hash
        )

    @property
    def waits(self) -> bool:
        """Whether it could still become what readers see."""
        is_over = self.is_passed or self.is_undone or (self.is_return and self.edition.state == State.SAVED)
        return self.edition.state != State.LIVE and not is_over

    @property
    def can_be_submitted(self) -> bool:
        """Whether it can be put on the 'For review' list without taking a later one off."""
        return self.waits and not self.later_waits and self.edition.state == State.SAVED

    @property
    def holds_more(self) -> bool:
        """Whether readers would get earlier changes with it, which have not been published."""
        was = self.before or self.edition
        return self.waits and (self.live is None or was.content_hash != self.live.content_hash)

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.is_passed and self.live:
            return _("readers have edition %(number)s, which came later") % {"number": self.live.number}
        if self.is_undone:
            return _("undone in the draft")
        if self.is_return and self.edition.state == State.SAVED:
            return _("the draft is as it was before: nothing of this waits")
        return str(self.edition.get_state_display())


def members(batch: Batch) -> list[Member]:
    """The editions of `batch`, by their guides' titles. A constant number of queries."""
    own = list(batch.editions.select_related("guide").order_by("guide__title", "guide__slug"))
    of_guides: dict[int, list[Edition]] = {}
    others = Edition.objects.filter(guide__in=[edition.guide_id for edition in own]).defer("packed")
    for other in others.order_by("number"):
        of_guides.setdefault(other.guide_id, []).append(other)
    return [_member(edition, of_guides[edition.guide_id]) for edition in own]


def _member(edition: Edition, of_guide: list[Edition]) -> Member:
    live = next((each for each in of_guide if each.state == State.LIVE), None)
    before = next((each for each in reversed(of_guide) if each.number < edition.number), None)
    waiting = {State.SUBMITTED, State.SCHEDULED}
    later_waits = any(each.number > edition.number and each.state in waiting for each in of_guide)
    earlier = {each.content_hash for each in of_guide if each.number < edition.number}
    return Member(edition, live, of_guide[-1], before, later_waits, edition.content_hash in earlier)


def key_of(standing: list[Member]) -> str:
    """What tells how a batch stands, for readers and in drafts, from any other way: its page carries it along."""
    facts = [
        (member.edition.pk, member.edition.state, member.live and member.live.pk, member.newest.pk)
        for member in standing
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def lock(batch: Batch) -> list[Member]:
    """Hold the guides of `batch` until the transaction ends, and return how it stands now."""
    editions.lock_all(Guide.objects.filter(pk__in=batch.editions.values("guide")))
    return members(batch)


@transaction.atomic
def submit(batch: Batch, user: AbstractBaseUser | None = None, note: str = "") -> None:
    """Put all that waits on the 'For review' list, to be reviewed as one, with a note to the reviewer."""
    waiting = [member.edition for member in lock(batch) if member.can_be_submitted]
    _refuse_none(waiting)
    for edition in waiting:
        editions.submit(edition, user, note)


@transaction.atomic
def publish(batch: Batch, user: AbstractBaseUser | None = None) -> None:
    """Have readers see all that waits, or none of it. Raises Unfit with what the check finds in any of them."""
    waiting = [member.edition for member in lock(batch) if member.waits]
    _refuse_none(waiting)
    editions.publish_together(waiting, user)


@transaction.atomic
def send_back(batch: Batch, note: str, user: AbstractBaseUser | None = None) -> None:
    """Take all that waits for review off that list, with a note to whoever made it."""
    submitted = [member.edition for member in lock(batch) if member.edition.state == State.SUBMITTED]
    _refuse_none(submitted)
    for edition in submitted:
        editions.send_back(edition, note, user)


@transaction.atomic
def undo(batch: Batch, user: AbstractBaseUser | None = None) -> Batch:
    """Bring back what stood in each draft before, as new drafts, and return those as a batch of their own.

    A guide that somebody has saved since stays as it is. Raises PublishingRefused where that leaves none.
    """
    comments = {}
    for member in lock(batch):
        if member.is_draft and member.before:
            editions.restore(member.before, user)
            comments[member.edition.guide] = ""
    undone = _as_batch(comments, batch, user)
    if undone is None:
        raise PublishingRefused(
            _("Nothing was undone: every one of these guides was saved again since. Its history brings back a part.")
        )
    return undone


def _as_batch(comments: dict[Guide, str], batch: Batch, user: AbstractBaseUser | None) -> Batch | None:
    """The newest editions of those guides as a batch of their own."""
    if not comments:
        return None
    made = Batch.objects.create(
        comment=short(_("Undone: %(what)s") % {"what": batch.comment}), author=cast(User | None, user)
    )
    for guide in comments:
        newest = editions.newest(guide)
        if newest:
            Edition.objects.filter(pk=newest.pk).update(batch=made)
    return made


def _refuse_none(waiting: list[Edition]) -> None:
    if not waiting:
        raise PublishingRefused(_("Nothing of it waits for that any more."))


def for_review() -> "QuerySet[Batch]":
    """The batches of which something waits for review, the oldest first."""
    waiting = Edition.objects.filter(state=State.SUBMITTED).exclude(batch=None)
    return Batch.objects.filter(pk__in=waiting.values("batch")).order_by("created_at", "pk")


def in_words(batch: Batch) -> str:
    """What the front page says of a batch that waits for review."""
    count = batch.editions.count()
    said = ngettext(
        "Waits for review: “%(what)s”, %(count)d guide.",
        "Waits for review as one: “%(what)s”, %(count)d guides.",
        count,
    )
    return said % {"what": batch.comment, "count": count}


def of_author(user: AbstractBaseUser | AnonymousUser) -> "QuerySet[Batch]":
    """The batches that a person made and that still wait for a step of theirs, the newest first. What brings an
    earlier edition back waits for none.
    """
    editions_of_guide = Edition.objects.filter(guide=OuterRef("guide"))
    later = Exists(editions_of_guide.filter(number__gt=OuterRef("number")))
    same = Exists(editions_of_guide.filter(number__lt=OuterRef("number"), content_hash=OuterRef("content_hash")))
    drafts = Edition.objects.filter(~later, ~same, state=State.SAVED, batch__author=user.pk)
    return Batch.objects.filter(pk__in=drafts.values("batch"))


@dataclass(frozen=True)
class Following:
    """A sentence that says something else because a figure does, though nobody changed its words."""

    place: str
    before: str
    after: str


def following(before: Edition, after: Edition) -> Iterator[Following]:
    """Yield the sentences whose words stay and which say something else, because a figure that they name does."""
    old, new = before.content, after.content
    figures = [freezing.figures_of(freezing.thaw(content)) for content in (old, new)]
    kept = {(plain["model"], name, text) for plain in old["objects"] for name, text in freezing.prose(plain)}
    headings = headings_in(new["objects"])
    for plain in new["objects"]:
        for name, text in freezing.prose(plain):
            if figures_in_texts.START in text and (plain["model"], name, text) in kept:
                for sentence in map(without_links, sentences(text)):
                    said, says = (figures_in_texts.fill(sentence, known) for known in figures)
                    if said != says:
                        yield Following(part_of(plain, headings), said, says)
