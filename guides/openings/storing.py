"""What a feed lists, kept: all of it or, where anything fails, nothing. Nothing here asks the network.

The same posting of a feed is known by its guid, the same job in two feeds by its address, or by title, employer and
place. A job that was gone for a while and comes back is posted again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from guides.publishing import content_version
from guides.registry.concerns import EVERYTHING, OPENINGS

from . import days
from .models import NEVER, Feed, Posting, PostingSource
from .understanding import Understood

# A feed that lost a posting for a few days had a bad day itself.
BAD_DAYS = timedelta(days=14)
# A day of posting that moves by less is a correction.
POSTED_AGAIN = timedelta(days=21)
# How long a posting that has ended is known, so that it can be said when it comes back.
REMEMBERED = timedelta(days=400)
BATCH = 500
UPDATED = [field.name for field in Posting._meta.concrete_fields if field.name not in ("id", "first_seen", "last_seen")]


@dataclass
class Stored:
    """What a fetch changed: how many postings are new, changed, gone, and left out because they had closed."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    closed: int = 0

    @property
    def is_any(self) -> bool:
        """Whether readers see anything else now."""
        return bool(self.new or self.changed or self.gone)


@dataclass
class _Changes:
    """What is written at the end, all at once."""

    created: list[Posting] = field(default_factory=list)
    updated: dict[int, Posting] = field(default_factory=dict)
    sources: list[PostingSource] = field(default_factory=list)
    known_sources: list[PostingSource] = field(default_factory=list)


def store(feed: Feed, listed: Sequence[Understood]) -> Stored | None:
    """Keep what a feed lists now, and end what it lists no longer. None where it was turned off or deleted since."""
    with transaction.atomic():
        locked = Feed.objects.select_for_update().filter(pk=feed.pk, is_on=True, address=feed.address).first()
        if locked is None:
            return None
        jobs = with_openings()
        stored = _Storing(feed, timezone.now()).store({each.guid: each for each in reversed(listed)})
        if stored.is_any:
            content_version.content_changed(_concern(jobs))
    return stored


def with_openings() -> set[tuple[str, str]]:
    """The jobs that there are openings for, each as the slug of a guide and the code of an occupation. One query."""
    return set(Posting.objects.open().order_by().values_list("guide", "occupation").distinct())


def _concern(before: set[tuple[str, str]]) -> str:
    """Return whom a change of postings concerns: pages of guides and occupations say whether there are any."""
    return OPENINGS if with_openings() == before else EVERYTHING


class _Storing:
    """One fetch of one feed, inside its transaction."""

    def __init__(self, feed: Feed, now: datetime) -> None:
        self.feed, self.now, self.today = feed, now, timezone.localdate(now)
        self.stored, self.changes = Stored(), _Changes()
        rows = PostingSource.objects.filter(feed=feed).select_related("posting")
        self.own = {source.guid: source for source in rows}

    def store(self, listed: dict[str, Understood]) -> Stored:
        """Go through what is listed, the last first, so that the newest have the highest numbers."""
        new = [each for guid, each in listed.items() if guid not in self.own]
        kept = {source.posting_id for guid, source in self.own.items() if guid in listed}
        known_elsewhere = _Known(new, kept)
        for each in new:
            self._add(each, known_elsewhere)
        for guid, source in self.own.items():
            if guid in listed and listed[guid].fingerprint != source.fingerprint:
                self._change(source, listed[guid])
        gone = [source for guid, source in self.own.items() if guid not in listed]
        self._write()
        self._end(gone)
        Posting.objects.filter(sources__feed=self.feed).update(last_seen=self.now)
        return self.stored

    def _add(self, each: Understood, known: "_Known") -> None:
        if each.values["closes_on"] and each.values["closes_on"] < days.today():
            self.stored.closed += 1
            return
        posting = known.open_as(each)
        if posting is None:
            posting = self._posted_anew(each, known.ended_as(each))
        self.changes.sources.append(
            PostingSource(
                feed=self.feed,
                posting=posting,
                guid=each.guid,
                address=each.values["address"],
                fingerprint=each.fingerprint,
            )
        )

    def _posted_anew(self, each: Understood, before: Posting | None) -> Posting:
        """A new row, or where the same job was gone for some days the row that it had."""
        posted = self._posted(each)
        if before and self.today - before.ends_on <= BAD_DAYS and posted - before.posted_on < POSTED_AGAIN:
            _fill(before, each)
            before.ends_on = _last_day(before)
            self.changes.updated[before.pk] = before
            self.stored.changed += 1
            return before
        posting = Posting(first_seen=self.now, last_seen=self.now, posted_on=posted)
        _fill(posting, each)
        posting.is_posted_stated = each.posted is not None
        posting.earlier_on = (before.earlier_on or before.posted_on) if before else None
        posting.ends_on = _last_day(posting)
        self.changes.created.append(posting)
        self.stored.new += 1
        return posting

    @cached_property
    def led_by_another(self) -> set[int]:
        """The postings of this feed that another feed had first: what that one says of them counts."""
        rows = PostingSource.objects.filter(posting__in=Posting.objects.filter(sources__feed=self.feed))
        first: dict[int, int] = {}
        for posting, feed in rows.order_by("-pk").values_list("posting", "feed"):
            first[posting] = feed
        return {posting for posting, feed in first.items() if feed != self.feed.pk}

    def _change(self, source: PostingSource, each: Understood) -> None:
        """Take over what a feed says anew, where no other feed had the posting first."""
        posting = source.posting
        source.fingerprint, source.address = each.fingerprint, each.values["address"]
        self.changes.known_sources.append(source)
        if posting.pk in self.led_by_another:
            return
        _fill(posting, each)
        if each.posted and self._posted(each) - posting.posted_on >= POSTED_AGAIN:
            posting.earlier_on = posting.earlier_on or posting.posted_on
            posting.posted_on = self._posted(each)
        elif each.posted:
            posting.posted_on = min(self._posted(each), self.today)
        posting.is_posted_stated = each.posted is not None
        posting.ends_on = _last_day(posting)
        self.changes.updated[posting.pk] = posting
        self.stored.changed += 1

    def _posted(self, each: Understood) -> date:
        """The day it was posted: the feed's, where that is no day to come; else today."""
        return each.posted if each.posted and each.posted <= self.today else self.today

    def _write(self) -> None:
        Posting.objects.bulk_create(self.changes.created, batch_size=BATCH)
        Posting.objects.bulk_create(
            self.changes.updated.values(),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=UPDATED,
        )
        PostingSource.objects.bulk_create(self.changes.sources, batch_size=BATCH)
        PostingSource.objects.bulk_update(self.changes.known_sources, ["fingerprint", "address"], batch_size=BATCH)

    def _end(self, gone: Sequence[PostingSource]) -> None:
        """Take away what the feed lists no longer; a posting that another feed has leads there from now on."""
        PostingSource.objects.filter(pk__in=[source.pk for source in gone]).delete()
        ended = end_those_without_feed()
        self.stored.gone += len(gone)
        if len(gone) > ended:
            for source in gone:
                if left := source.posting.sources.first():
                    Posting.objects.filter(pk=left.posting_id).update(address=left.address)


class _Known:
    """Postings that may be the same as new ones of a feed: those open in other feeds, and those that have ended.

    `taken` are the postings that the feed lists under another guid: two jobs in one feed are two.
    """

    def __init__(self, new: Iterable[Understood], taken: set[int]) -> None:
        self.taken = set(taken)
        self.open: dict[str, list[Posting]] = {}
        self.ended: dict[str, Posting] = {}
        for posting in _with(new):
            for name in filter(None, (posting.same_address, posting.same_as)):
                if not posting.is_open:
                    self.ended[name] = posting
                elif posting.pk not in taken:
                    self.open.setdefault(name, []).append(posting)

    def open_as(self, each: Understood) -> Posting | None:
        """The posting of another feed that is this job, taken by one of this feed's at most."""
        for name in (each.values["same_address"], each.values["same_as"]):
            for posting in self.open.get(name, ()):
                if posting.pk not in self.taken:
                    self.taken.add(posting.pk)
                    return posting
        return None

    def ended_as(self, each: Understood) -> Posting | None:
        """The posting that had ended and is this job, each at most once."""
        for name in (each.values["same_address"], each.values["same_as"]):
            posting = self.ended.get(name)
            if posting and posting.pk not in self.taken:
                self.taken.add(posting.pk)
                return posting
        return None


def _with(new: Iterable[Understood]) -> list[Posting]:
    """The postings with an address, or with title, employer and place, of one of `new`, the oldest first."""
    found: dict[int, Posting] = {}
    for name in ("same_address", "same_as"):
        ordered = sorted({each.values[name] for each in new} - {""})
        # SQLite takes no more than some thousand at once.
        for start in range(0, len(ordered), BATCH):
            rows = Posting.objects.filter(**{f"{name}__in": ordered[start : start + BATCH]})
            found.update((posting.pk, posting) for posting in rows)
    return [found[pk] for pk in sorted(found)]


def _fill(posting: Posting, each: Understood) -> None:
    for name, value in each.values.items():
        setattr(posting, name, value)


def _last_day(posting: Posting) -> date:
    return posting.closes_on or NEVER


def end_those_without_feed() -> int:
    """End the open postings that no feed has any more, and return how many those were."""
    yesterday = days.today() - timedelta(days=1)
    return Posting.objects.open().filter(sources=None).update(ends_on=yesterday)


def take_out(feed: Feed) -> None:
    """Take what a feed listed away from readers, as where it is turned off."""
    with transaction.atomic():
        jobs = with_openings()
        PostingSource.objects.filter(feed=feed).delete()
        Feed.objects.filter(pk=feed.pk).update(count=0, states="", etag="", last_modified="", read_with="")
        end_those_without_feed()
        content_version.content_changed(_concern(jobs))


def forget() -> int:
    """Delete the postings that ended so long ago that nobody asks for them, and return how many those were."""
    count, _models = Posting.objects.filter(ends_on__lt=timezone.localdate() - REMEMBERED).delete()
    return count
