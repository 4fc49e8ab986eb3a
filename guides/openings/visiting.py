"""Visiting the sites of feeds, politely: each is asked who may ask (robots.txt), told who asks, and not asked twice
within a second. Nothing here asks the database, so that several visits can go on at once.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx
from django.utils.translation import gettext as _

from guides import fetching

PURPOSE = "openings"
# For one document, and for a robots.txt.
SECONDS, SECONDS_FOR_ROBOTS = 30.0, 10.0
MOST_BYTES, MOST_BYTES_OF_ROBOTS = 20_000_000, 500_000
PAUSE, LONGEST_PAUSE = 1.0, 10.0


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
