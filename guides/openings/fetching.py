"""Fetching feeds: politely, within bounds, some sites at once; whatever one feed does harms no other.

A feed is not asked again for what has not changed, before it says, or while another of its site is asked.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import fetching
from guides.publishing import content_version
from guides.registry.concerns import OPENINGS

from . import feed_forms, naming, storing
from .documents import Document
from .found import FoundPosting, Unreadable
from .models import Feed, PostingSource
from .understanding import Understood, understand
from .visiting import SECONDS, Unavailable, Visitor, visiting

EVERY = timedelta(hours=6)
# One that fails is asked ever less often, and after two weeks readers are no longer shown what it once listed.
SELDOMEST, TRUSTED = timedelta(hours=48), timedelta(days=14)
# For one feed with its pages.
SECONDS_A_FEED = 120.0
MOST_POSTINGS, MOST_PAGES = 5_000, 60
# So many sites are asked at once: most of the time is spent waiting for one of them.
AT_ONCE = 6


@dataclass(frozen=True)
class Listed:
    """What a feed lists: the slug of its form, its postings, the headers of its answer, and how many were left out."""

    form: str
    postings: list[Understood]
    headers: httpx.Headers
    without_address: int


@dataclass(frozen=True)
class Reading:
    """What a feed's documents hold, each posting with the address of the document that it stands in."""

    form: feed_forms.FeedForm
    found: list[tuple[FoundPosting, str]]
    headers: httpx.Headers


def fetch_due() -> list[Feed]:
    """Fetch every feed that is due and return them: some sites are asked at once, each for one feed after the other,
    and what they list is kept one by one. What is done is kept, wherever it stops."""
    feeds, read_with = list(Feed.objects.due()), naming.version()
    with visiting() as visitor, ThreadPoolExecutor(AT_ONCE) as pool:
        return [
            _kept(feed, reading.result, read_with)
            for feed, reading in _asked(feeds, lambda feed: pool.submit(read, feed, visitor, read_with))
        ]


def _asked(
    feeds: Iterable[Feed], ask: Callable[[Feed], Future[Reading | None]]
) -> Iterator[tuple[Feed, Future[Reading | None]]]:
    """Ask for each feed and yield those that are read. No more than are asked at once wait to be kept."""
    waiting, asked = list(feeds), dict[Future[Reading | None], Feed]()
    while waiting or asked:
        for feed in tuple(waiting):
            sites = {urlsplit(each.address).netloc for each in asked.values()}
            if len(asked) < AT_ONCE and urlsplit(feed.address).netloc not in sites:
                waiting.remove(feed)
                asked[ask(feed)] = feed
        done, _pending = wait(asked, return_when=FIRST_COMPLETED)
        for reading in done:
            yield asked.pop(reading), reading


def fetch(feed: Feed, visitor: Visitor) -> Feed:
    """Fetch one feed and keep what it lists, or nothing of it and what was wrong."""
    read_with = naming.version()
    return _kept(feed, lambda: read(feed, visitor, read_with), read_with)


def _kept(feed: Feed, reading: Callable[[], Reading | None], read_with: str) -> Feed:
    """Keep what a feed lists, of which `reading` gives the documents or raises Unavailable, Unreadable."""
    try:
        read_now = reading()
        listed = understood(feed, read_now, read_with, _known(feed)) if read_now else None
        stored = storing.store(feed, listed.postings) if listed else None
    except (Unavailable, Unreadable) as fault:
        _failed(feed, fault)
    else:
        if listed is None or stored is not None:
            _worked(feed, listed, stored)
    feed.refresh_from_db()
    return feed


def _known(feed: Feed) -> dict[str, str]:
    """The fingerprints of what is kept of a feed, by its guids."""
    return dict(PostingSource.objects.filter(feed=feed).values_list("guid", "fingerprint"))


def look(feed: Feed, visitor: Visitor) -> Listed | None:
    """Read what a feed lists, without keeping it; None where it has not changed. Raises Unavailable, Unreadable."""
    read_with = naming.version()
    reading = read(feed, visitor, read_with)
    return understood(feed, reading, read_with, {}) if reading else None


def read(feed: Feed, visitor: Visitor, read_with: str) -> Reading | None:
    """Ask for a feed's documents and read them; None where it has not changed. Raises Unavailable, Unreadable.

    `read_with` is what it would be read with now. Nothing here asks the database: this runs beside others.
    """
    ends = time.monotonic() + SECONDS_A_FEED
    conditions = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    headers = {name: value for name, value in conditions.items() if value and feed.read_with == read_with}
    page = visitor.load(feed.address, headers, SECONDS)
    if page.status == 304 and headers:
        return None
    _refuse(page)
    document = Document(page.url, page.headers.get("Content-Type", ""), page.body)
    form = feed_forms.recognized(document)
    content = form.read(document)
    found = [(posting, page.url) for posting in content.postings]
    found += _of_pages(form, content.more, page.url, visitor, ends)
    if len(found) > MOST_POSTINGS:
        said = _("It lists %(count)d postings, more than the %(most)d that are read: narrow its address down.")
        raise Unreadable(said % {"count": len(found), "most": MOST_POSTINGS})
    return Reading(form, found, page.headers)


def understood(feed: Feed, reading: Reading, read_with: str, known: Mapping[str, str]) -> Listed:
    """Make out what was read, and name what is not `known` already, by guid and fingerprint. Raises Unreadable."""
    postings = [understand(posting, feed, base, read_with) for posting, base in reading.found]
    kept = [each for each in postings if each]
    if postings and not kept:
        raise Unreadable(_("None of its postings has both a title and an address at which one could apply."))
    feed.read_with = read_with
    naming.name_all([each for each in kept if known.get(each.guid) != each.fingerprint])
    return Listed(reading.form.slug, kept, reading.headers, len(postings) - len(kept))


def _of_pages(
    form: feed_forms.FeedForm, addresses: Iterable[str], base: str, visitor: Visitor, ends: float
) -> Iterator[tuple[FoundPosting, str]]:
    """The postings of the pages that a list leads to, all on its own site; a page that is gone has none."""
    whole = [str(httpx.URL(base).join(address)) for address in addresses]
    own = [address for address in dict.fromkeys(whole) if urlsplit(address).netloc == urlsplit(base).netloc]
    if len(own) > MOST_PAGES:
        said = _("It leads to %(count)d pages, more than the %(most)d that are asked for: narrow its address down.")
        raise Unreadable(said % {"count": len(own), "most": MOST_PAGES})
    for address in own:
        page = visitor.load(address, {}, ends - time.monotonic())
        if page.status in (404, 410):
            continue
        _refuse(page)
        document = Document(page.url, page.headers.get("Content-Type", ""), page.body)
        if form.recognizes(document):
            yield from ((posting, page.url) for posting in form.read(document).postings)


def _refuse(page: fetching.Page) -> None:
    """Raise Unavailable for an answer that is no feed, with the moment at which its server wants to be asked again."""
    if page.status == 200:
        return
    said = {
        401: _("It lets nobody in without a password."),
        403: _("Its server lets no program in."),
        404: _("There is nothing at this address (status 404): look for the feed’s new one."),
        410: _("The feed is gone for good (status 410)."),
        429: _("Its server wants to be asked less often."),
    }
    reason = said.get(page.status, _("Its server answers with the status %(status)d.") % {"status": page.status})
    raise Unavailable(reason, _again_at(page.headers.get("Retry-After", "")))


def _again_at(retry_after: str) -> datetime | None:
    """The moment that a Retry-After header names, in seconds from now or as a date; within a week."""
    now = timezone.now()
    try:
        if retry_after.isdecimal():
            seconds = float(retry_after)
        else:
            seconds = (parsedate_to_datetime(retry_after) - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return now + timedelta(seconds=min(max(seconds, 0), 7 * 86_400))


def _worked(feed: Feed, listed: Listed | None, stored: storing.Stored | None) -> None:
    """Note that a feed was read, or had not changed."""
    now = timezone.now()
    values = {"fetched_at": now, "worked_at": now, "next_at": now + EVERY, "fault": "", "failures": 0}
    if listed and stored:
        states = sorted({each.values["state"] for each in listed.postings} - {""})
        values |= {
            "form": listed.form,
            "etag": listed.headers.get("ETag", "")[:300],
            "last_modified": listed.headers.get("Last-Modified", "")[:100],
            "read_with": feed.read_with,
            "count": feed.sources.count(),
            "states": " ".join(states),
            "note": _left_out(listed, stored)[:500],
        }
    with transaction.atomic():
        Feed.objects.filter(pk=feed.pk).update(**values)
        # Pages say on which day a feed was read last.
        if feed.worked_at is None or timezone.localdate(feed.worked_at) != timezone.localdate(now):
            content_version.content_changed(OPENINGS)


def _left_out(listed: Listed, stored: storing.Stored) -> str:
    """Say which postings of a feed readers are not shown."""
    said = []
    if listed.without_address:
        said.append(
            ngettext(
                "%(count)d posting without a title or an address to apply at.",
                "%(count)d postings without a title or an address to apply at.",
                listed.without_address,
            )
            % {"count": listed.without_address}
        )
    if stored.closed:
        said.append(
            ngettext("%(count)d posting that had closed.", "%(count)d postings that had closed.", stored.closed)
            % {"count": stored.closed}
        )
    if repeated := len(listed.postings) - len({each.guid for each in listed.postings}):
        said.append(
            ngettext("%(count)d posting listed twice.", "%(count)d postings listed twice.", repeated)
            % {"count": repeated}
        )
    return " ".join(said)


def _failed(feed: Feed, fault: Unavailable | Unreadable) -> None:
    """Note what was wrong; what readers are shown stays, until it is too old to be trusted."""
    now = timezone.now()
    wait = min(EVERY * 2 ** min(feed.failures, 3), SELDOMEST)
    again_at = getattr(fault, "again_at", None)
    values = {
        "fetched_at": now,
        "fault": str(fault)[:500],
        "failures": min(feed.failures + 1, 1_000),
        "next_at": max(again_at or now, now + wait),
    }
    Feed.objects.filter(pk=feed.pk).update(**values)
    if feed.count and (feed.worked_at is None or now - feed.worked_at > TRUSTED):
        storing.take_out(feed)
