"""A crowd on two cores: readers, with publishings, searches and resume uploads beside them; and twice what is possible.

    python -m benchmarks.crowd [--seconds 60] [--rate 500] [--publishings 20] [--searches 10] [--uploads 2]

The server runs as a site does, with two workers of sixteen threads on both processors; so does the load, which shares
them with it: one process that begins each request at its moment, whether or not those before it are answered. A time is
that from the moment a request was due until its answer is read whole. A publishing is made by a process of its own,
each upload is a resume as PDF or DOCX. Then searches come alone, as many at once as are answered, and after that twice
as many a second as these were, with a reader's request for a stored page beside each fifth of them.
"""

import argparse
import asyncio
import contextlib
import os
import random
import re
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.readiness import files

from . import servers, site, staleness

# Milliseconds: 99 in 100 stored pages, and 99 in 100 refusals.
STORED_LIMIT, REFUSAL_LIMIT = 20, 100
# One reading in so many is of the page that shows which publishing it is of.
WATCHED = 8
# So many connections are open at most: what would need more is an error.
MOST_CONNECTIONS = 400
PATIENCE = 30.0
RESUMES = servers.ROOT / "tests" / "readiness" / "resumes"
SEARCHES = [
    "library technician salary", "how to become a librarian", "pay", "work from home", "cataloging", "MARC21",
    "libary asistant", "interview questions", "what does a library clerk do", "no degree", "archivist", "lib", "teach",
    "is the job market growing", "technical services librarian", "remote", "library page", "ILS", "skills", "shelver",
]  # fmt: skip
UPLOAD = f"{site.GUIDE}skills-gap/resume/"
BOUNDARY = "a-resume-of-the-benchmark"


@dataclass
class Kind:
    """Answers to one kind of request: when each was due and for how long it took, in seconds, by status."""

    name: str
    times: dict[int, list[float]] = field(default_factory=dict)

    def note(self, status, seconds):
        self.times.setdefault(status, []).append(seconds)

    def show(self):
        """Print how many came with which status, and how long they took."""
        for status, times in sorted(self.times.items()):
            p50, p95, p99 = (at(times, share) for share in (0.50, 0.95, 0.99))
            line = "".join(f"{value * 1000:9.1f}" for value in (p50, p95, p99, max(times)))
            print(f"{self.name:24}{status or 'error':>7}{len(times):8}{line}")

    def failed(self, allowed=(200,)):
        """How many were answered otherwise, or not at all."""
        return sum(len(times) for status, times in self.times.items() if status not in allowed)


def at(times, share):
    """The time within which that share of `times` lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Client:
    """Asks on connections that are kept open."""

    def __init__(self, port):
        self.port, self.free, self.open = port, [], 0

    def head(self, path, encoding="br", extra=""):
        """The bytes of a GET."""
        host = f"Host: 127.0.0.1:{self.port}"
        return f"GET {path} HTTP/1.1\r\n{host}\r\nAccept-Encoding: {encoding}\r\n{extra}\r\n".encode()

    async def ask(self, request):
        """Send a request; return status and body. Status 0: no answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(request)
        except (OSError, EOFError, ValueError, IndexError):
            return 0, b""

    async def _ask(self, request):
        if not self.free and self.open >= MOST_CONNECTIONS:
            return 0, b""
        if self.free:
            reader, writer = self.free.pop()
        else:
            self.open += 1
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
            except OSError:
                self.open -= 1
                raise
        is_whole = False
        try:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            body = await self._body(reader, head)
            is_whole = b"connection: close" not in head
            return int(head.split(b" ", 2)[1]), body
        finally:
            if is_whole:
                self.free.append((reader, writer))
            else:
                self.open -= 1
                writer.close()

    @staticmethod
    async def _body(reader, head):
        if match := re.search(rb"content-length: (\d+)", head):
            return await reader.readexactly(int(match[1]))
        if b"transfer-encoding: chunked" not in head:
            return b""
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return body

    def close(self):
        for _reader, writer in self.free:
            writer.close()


async def steadily(rate, seconds, ask_one):
    """Begin `ask_one(number, due)` at `rate` a second for so long, and wait for all of them."""
    if not rate:
        return
    started, tasks = time.monotonic(), set()
    for number in range(int(rate * seconds)):
        due = started + number / rate
        if (wait := due - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(ask_one(number, due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)


def stored_paths(port):
    """The pages that readers read: what the front page and the guide lead to, and is the same for everyone."""
    paths = {"/", "/guides/", "/glossary/", site.GUIDE}
    for page in ("/guides/", site.GUIDE):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=30) as answer:
            paths.update(re.findall(r'href="(/guides/[-a-z]+/(?:[-a-z]+/)?)"', answer.read().decode()))
    return sorted(path for path in paths if is_stored(port, path))


def is_stored(port, path):
    """Whether the store keeps a page: then it has an ETag."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.status == 200 and "ETag" in answer.headers


def uploads(port):
    """The bytes of POSTs that bring a resume, as PDF and as DOCX, by turns."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{UPLOAD}", timeout=30) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())[1]
    requests = []
    for path in sorted(RESUMES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        plain = re.sub(r"[()\\]", " ", text.encode("ascii", "ignore").decode())
        for name, content in (("resume.docx", files.make_docx(text)), ("resume.pdf", files.make_pdf(plain))):
            requests.append(post(port, cookie, token, name, content))
    return requests


def post(port, cookie, token, name, content):
    """The bytes of a POST with one file."""
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    body = f'{part}csrfmiddlewaretoken"\r\n\r\n{token}\r\n{part}file"; filename="{name}"\r\n\r\n'.encode()
    body += content + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = [
        f"POST {UPLOAD} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}", f"Cookie: {cookie}",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    return "\r\n".join([*head, "", ""]).encode() + body


class Crowd:
    """Everybody who comes, and what they were answered."""

    def __init__(self, port, paths, resumes, rng):
        self.client, self.rng, self.readings = Client(port), rng, []
        self.watched = self.client.head(site.GUIDE, "identity")
        self.pages = [self.client.head(path) for path in paths]
        self.resumes = resumes
        self.stored, self.searches, self.uploads = Kind("stored page"), Kind("search"), Kind("resume upload")

    async def read(self, number, due):
        is_watched = number % WATCHED == 0
        asked = time.monotonic()
        status, body = await self.client.ask(self.watched if is_watched else self.rng.choice(self.pages))
        self.stored.note(status, time.monotonic() - due)
        if is_watched and status == 200:
            match = staleness.NUMBER.search(body.decode())
            self.readings.append((asked, int(match[1]) if match else 0, status))

    async def search(self, number, due):
        words = SEARCHES[number % len(SEARCHES)].replace(" ", "+")
        status, _body = await self.client.ask(self.client.head(f"/search/?q={words}", extra="HX-Request: true\r\n"))
        self.searches.note(status, time.monotonic() - due)

    async def upload(self, number, due):
        status, _body = await self.client.ask(self.resumes[number % len(self.resumes)])
        self.uploads.note(status, time.monotonic() - due)

    def kinds(self):
        return [self.stored, self.searches, self.uploads]


def go_first(niceness):
    """Give this thread, and what it starts, that niceness where we may: whoever measures must not be measured."""
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


async def at_rest(server, patience=300):
    """Wait until the server rests: pages are compressed tightly later, and a new site has jobs to begin with."""
    ends, before = time.monotonic() + patience, -1.0
    while time.monotonic() < ends and servers.cpu_seconds(server.pid) - before > 0.05:
        before = servers.cpu_seconds(server.pid)
        await asyncio.sleep(1)


async def crowd(port, options, environment, server):
    """The crowd of the issue; return (Crowd, commits)."""
    everybody = Crowd(port, stored_paths(port), uploads(port), random.Random(26))  # noqa: S311
    print(f"{len(everybody.pages)} stored pages, {len(everybody.resumes)} resumes", flush=True)
    # On several connections, so that both workers make every page.
    for page in everybody.pages * 3:
        await asyncio.gather(*(everybody.client.ask(page) for _connection in range(4)))
    for number in range(20):
        await asyncio.gather(*(everybody.search(number, time.monotonic()) for _connection in range(2)))
    everybody.searches.times.clear()
    await at_rest(server)
    used, started = servers.cpu_seconds(server.pid), time.monotonic()
    every = options.seconds / max(options.publishings, 1)

    def publish():
        go_first(0)
        return staleness.published(options.publishings, environment, every * 0.9)

    _none, _none, _none, commits = await asyncio.gather(
        steadily(options.rate, options.seconds, everybody.read),
        steadily(options.searches, options.seconds, everybody.search),
        steadily(options.uploads, options.seconds, everybody.upload),
        asyncio.to_thread(publish),
    )
    everybody.client.close()
    used, waited = servers.cpu_seconds(server.pid) - used, time.monotonic() - started
    print(f"the server used {used:.1f} s of processor in {waited:.1f} s")
    return everybody, commits


async def overload(port, seconds, paths):
    """Ask twice as many searches a second as are answered; return (how many that is, Crowd)."""
    trying, ends = Crowd(port, paths, [], random.Random(1)), time.monotonic() + seconds / 2  # noqa: S311

    async def again(first):
        number = first
        while (asked := time.monotonic()) < ends:
            await trying.search(number, asked)
            number += 1

    await asyncio.gather(*(again(first) for first in range(6)))
    trying.client.close()
    possible = len(trying.searches.times.get(200, [])) / (seconds / 2)
    everybody = Crowd(port, paths, [], random.Random(2))  # noqa: S311
    await asyncio.gather(
        steadily(possible * 2, seconds, everybody.search), steadily(possible * 2 / 5, seconds, everybody.read)
    )
    everybody.client.close()
    return possible, everybody


def show(kinds):
    print(f"{'milliseconds':24}{'status':>7}{'count':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}")
    for kind in kinds:
        kind.show()


def judge(everybody, commits):
    """Print what came out of the crowd; return whether it fell short."""
    show(everybody.kinds())
    stale = staleness.judge(sorted(everybody.readings), commits)
    errors = sum(kind.failed() for kind in everybody.kinds())
    p99 = at(everybody.stored.times.get(200, [float("inf")]), 0.99) * 1000
    print(f"errors {errors}, wanted none; stored pages p99 {p99:.1f} ms, wanted at most {STORED_LIMIT}; stale {stale}")
    return bool(errors or stale) or p99 > STORED_LIMIT


def judge_overload(possible, everybody):
    """Print what came out of twice what is possible; return whether it fell short."""
    print(f"\n{possible:.0f} searches a second are answered; {possible * 2:.0f} a second were asked for")
    show([everybody.searches, everybody.stored])
    errors = everybody.searches.failed((200, 503)) + everybody.stored.failed()
    refusals = at(everybody.searches.times.get(503, [0.0]), 0.99) * 1000
    p99 = at(everybody.stored.times.get(200, [float("inf")]), 0.99) * 1000
    print(
        f"errors {errors}, wanted none; a 503 within {refusals:.1f} ms (p99), wanted {REFUSAL_LIMIT}; "
        f"stored pages p99 {p99:.1f} ms"
    )
    return bool(errors) or refusals > REFUSAL_LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (("seconds", 60), ("rate", 500), ("publishings", 20), ("searches", 10), ("uploads", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--port", type=int, default=0, help="of the server; a free one without it")
    parser.add_argument("--folder", type=Path, help="keep the site's data there, and find it there the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        port, folder = options.port or servers.free_port(), options.folder or Path(name)
        is_there = (folder / "static").exists()
        environment = site.environment_of(folder) if is_there else site.prepare(folder)
        environment |= {"SITE_URL": f"http://127.0.0.1:{port}"}
        command = servers.granian("careerguide.wsgi:application", port, workers=2)
        with servers.serving(command, port, environment, processor="0,1") as server:
            go_first(-10)
            failed = judge(*asyncio.run(crowd(port, options, environment, server)))
            paths = stored_paths(port)
            failed |= judge_overload(*asyncio.run(overload(port, min(options.seconds, 10), paths)))
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
