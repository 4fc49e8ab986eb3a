"""A real server on loopback that serves feeds, good ones and bad ones, and feeds written by hand."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from guides.openings import days
from guides.openings.models import Feed

DATA = Path(__file__).parent / "data"


@dataclass
class Answer:
    """What the server sends for an address: at once, or piece by piece with a pause before each."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None
    pause: float = 0.0


class FeedServer:
    """Serves `answers` by path; `asked` has each request's path and headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def feed(self, path: str, body: str | bytes = b"", on: bool = True, **fields) -> Feed:
        """A feed at that path, which serves `body`."""
        self.put(path, body)
        values = {"name": f"Feed {path}", "terms": "Free to show, said the county.", "is_on": on} | fields
        return Feed.objects.create(address=self.url + path, **values)

    def put(self, path: str, body: str | bytes = b"", **fields) -> None:
        self.answers[path] = Answer(body.encode() if isinstance(body, str) else body, **fields)

    def paths(self) -> list[str]:
        """The paths that were asked for, but for robots.txt."""
        return [path for path, _headers in self.asked if path != "/robots.txt"]


@contextmanager
def serving_feeds() -> Iterator[FeedServer]:
    feeds = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            feeds.asked.append((self.path, dict(self.headers)))
            answer = feeds.answers.get(self.path, Answer(status=404))
            etag = answer.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                answer = Answer(status=304, headers={"ETag": etag})
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.pieces is None and answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            try:
                for piece in answer.pieces() if answer.pieces else [answer.body]:
                    time.sleep(answer.pause)
                    self.wfile.write(piece)
            except OSError:
                pass

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    feeds.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield feeds
    finally:
        server.shutdown()
        server.server_close()


def in_days(count: int) -> date:
    """Return the day so many days from today, as the openings count: asked anew, for a run may go past midnight."""
    return days.today() + timedelta(days=count)


def rss(*items: str) -> str:
    """A feed in RSS with these items."""
    declared = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declared}<rss version="2.0"><channel><title>Jobs</title>{"".join(items)}</channel></rss>'


def item(title: str, link: str = "", **values: str) -> str:
    """An item of RSS; `values` are further elements, whose text is escaped."""
    link = link or f"https://jobs.example/{title.replace(' ', '-')}"
    elements = {"title": title, "link": link} | values
    return f"<item>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in elements.items())}</item>"


def neogov(*jobs: dict[str, str], employer: str = "City of Columbus, OH") -> str:
    """A feed as NEOGOV writes it."""
    items = "".join(
        "<item>"
        + "".join(
            f"<{name}>{escape(value)}</{name}>"
            for name, value in {
                "title": job["title"],
                "link": f"https://www.governmentjobs.com/jobs/{job['jobId']}",
                "description": job.get("description", ""),
            }.items()
        )
        + "".join(
            f"<joblisting:{name}>{escape(value)}</joblisting:{name}>"
            for name, value in job.items()
            if name not in ("title", "description")
        )
        + "</item>"
        for job in jobs
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:joblisting="http://www.neogov.com/namespaces/JobListing">'
        f"<channel><title>{employer}</title>{items}</channel></rss>"
    )


def library_job(**fields: str) -> dict[str, str]:
    """A job of NEOGOV's form that closes in ten days."""
    return {
        "title": "Library Assistant",
        "jobId": "1001",
        "advertiseFromDate": f"{in_days(-3):%a, %d %b %Y}",
        "advertiseToDateTime": f"{in_days(10):%a, %d %b %Y} 23:59:00",
        "minimumSalary": "18.5",
        "maximumSalary": "22.00",
        "salaryCurrency": "USD",
        "salaryInterval": "Hour",
        "jobType": "Part-Time",
        "location": "Columbus",
        "state": "Ohio",
        "department": "Public Library",
        "description": "<p>Check out books at the circulation desk and shelve returned materials.</p>",
    } | fields


def greenhouse(*jobs: dict[str, object]) -> str:
    """A board as Greenhouse writes it."""
    return json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}})


def page(value: object) -> str:
    """A page with JSON-LD."""
    return f'<!doctype html><html><head><script type="application/ld+json">{json.dumps(value)}</script></head></html>'


def bomb(size: int) -> bytes:
    """Zeros that are packed a thousand times smaller."""
    return gzip.compress(bytes(size))
