"""Fetching feeds: politely, within bounds, one after the other, each on its own; whatever one does harms no other.

Each site is asked who may ask (robots.txt), told who asks, and not asked again for what has not changed, before it
says, or twice within a second.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import fetching
from guides.publishing import content_version

from . import feed_forms, naming, storing
from .documents import Document
from .found import FoundPosting, Unreadable
from .models import Feed
from .understanding import Understood, understand

PURPOSE = "openings"
EVERY = timedelta(hours=6)
# One that fails is asked ever less often, and after two weeks readers are no longer shown what it once listed.
SELDOMEST, TRUSTED = timedelta(hours=48), timedelta(days=14)
# For one document; for one feed with its pages; for a robots.txt.
SECONDS, SECONDS_A_FEED, SECONDS_FOR_ROBOTS = 30.0, 120.0, 10.0
MOST_BYTES, MOST_BYTES_OF_ROBOTS = 20_000_000, 500_000
MOST_POSTINGS, MOST_PAGES = 5_000, 60
PAUSE, LONGEST_PAUSE = 1.0, 10.0


@dataclass(frozen=True)
class Listed:
    """What a feed lists: the slug of its form, its postings, the headers of its answer, and how many were left out."""

    form: str
    postings: list[Understood]
    headers: httpx.Headers
    without_address: int


class Unavailable(Exception):
    """A feed that cannot be had now: why, in a sentence, and when its server says to ask again."""

    def __init__(self, reason: str, again_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.again_at = again_at


@dataclass
class Visitor:
    """One round of visits: its client, what each site's robots.txt says, and when each was asked last."""

    client: httpx.Client
    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)

    def load(self, url: str, headers: dict[str, str], seconds: float) -> fetching.Page:
        """Ask for an address that its site lets us ask for. Raises Unavailable."""
        try:
            robots = self._robots(url)
            if not robots.can_fetch(fetching.agent(PURPOSE), url):
                raise Unavailable(_("The site’s robots.txt asks programs not to read this address."))
            self._wait(url, robots)
            return fetching.load(self.client, url, headers, min(seconds, SECONDS), MOST_BYTES)
        except fetching.Refused as refusal:
            raise Unavailable(str(refusal)) from refusal
        except httpx.TimeoutException as fault:
            raise Unavailable(_("It did not send everything in time.")) from fault
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as fault:
            if fetching.is_about_certificate(fault):
                raise Unavailable(_("Its certificate is not in order.")) from fault
            raise Unavailable(_("It cannot be reached: %(fault)s") % {"fault": fault}) from fault

    def _wait(self, url: str, robots: RobotFileParser) -> None:
        """Leave each site a moment between two questions."""
        host = urlsplit(url).netloc
        asked_for = robots.crawl_delay(fetching.agent(PURPOSE))
        pause = min(max(PAUSE, float(asked_for or 0)), LONGEST_PAUSE)
        if host in self.asked:
            time.sleep(max(0.0, self.asked[host] + pause - time.monotonic()))
        self.asked[host] = time.monotonic()

    def _robots(self, url: str) -> RobotFileParser:
        """What a site lets programs ask for: everything where it has no such file, nothing where it keeps that from us
        or is out of order."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.robots:
            rules = RobotFileParser()
            page = fetching.load(self.client, f"{site}/robots.txt", {}, SECONDS_FOR_ROBOTS, MOST_BYTES_OF_ROBOTS)
            lines = page.body.decode("utf-8", errors="replace").splitlines() if page.status == 200 else []
            if page.status >= 500:
                raise Unavailable(
                    _("The site is out of order: it answers with the status %(status)d.") % {"status": page.status}
                )
            if page.status in (401, 403):
                lines = ["User-agent: *", "Disallow: /"]
            rules.parse(lines)
            self.robots[site] = rules
        return self.robots[site]


@contextmanager
def visiting() -> Iterator[Visitor]:
    """A round of visits."""
    with fetching.visitor(PURPOSE) as client:
        yield Visitor(client)


def fetch_due() -> list[Feed]:
    """Fetch every feed that is due, one after the other, and return them. What is done is kept, wherever it stops."""
    with visiting() as visitor:
        return [fetch(feed, visitor) for feed in list(Feed.objects.due())]


def fetch(feed: Feed, visitor: Visitor) -> Feed:
    """Fetch one feed and keep what it lists, or nothing of it and what was wrong."""
    try:
        listed = look(feed, visitor)
        stored = storing.store(feed, listed.postings) if listed else None
    except (Unavailable, Unreadable) as fault:
        _failed(feed, fault)
    else:
        if listed is None or stored is not None:
            _worked(feed, listed, stored)
    feed.refresh_from_db()
    return feed


def look(feed: Feed, visitor: Visitor) -> Listed | None:
    """Read what a feed lists, without keeping it; None where it has not changed. Raises Unavailable, Unreadable."""
    ends = time.monotonic() + SECONDS_A_FEED
    read_with = naming.version()
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
    understood = [understand(posting, feed, base, read_with) for posting, base in found]
    kept = [each for each in understood if each]
    if found and not kept:
        raise Unreadable(_("None of its postings has both a title and an address at which one could apply."))
    feed.read_with = read_with
    naming.name_all(kept)
    return Listed(form.slug, kept, page.headers, len(understood) - len(kept))


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
            content_version.content_changed()


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
