"""Whether a reader ever sees what is no longer true: many publishings while others read.

    python -m benchmarks.staleness [--publishings 100] [--hosts 1]
    scripts/with_postgres sh -c 'BENCHMARK_DATABASE_URL=$DATABASE_URL python -m benchmarks.staleness --hosts 2'

Each host has a folder of its own and two workers; with two hosts, one PostgreSQL holds the content, nginx stands in
front, and publishing is done with the first host's settings. Every reading is a connection of its own, in turn through
nginx and to each host, half of them conditional. A reading is stale if it was begun 100 ms or more after a publishing
had been committed, and shows what was before; a 304 is wrong in the same way.
"""

import argparse
import contextlib
import itertools
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect_right
from http.client import HTTPConnection
from pathlib import Path

from . import servers, site

LIMIT = 0.1  # seconds after the commit
WORDS = "Number {} of the benchmark."
NUMBER = re.compile(WORDS.format(r"(\d+)"))
SLUG = site.GUIDE.split("/")[2]
PROXY = """
  upstream hosts {{ {upstream} keepalive 16; }}
  server {{ listen 127.0.0.1:{port};
    location / {{ proxy_pass http://hosts; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $http_host; }} }}
"""


def publish(count, every):
    """Publish the guide so often, in a process of its own, `every` so many seconds; say each number and its moment."""
    site.set_up({})
    from guides.models import Guide
    from guides.publishing import editions, listings

    listings.draw = lambda listing: b""
    guide = Guide.objects.get(slug=SLUG)
    started = time.monotonic()
    for number in range(1, count + 1):
        time.sleep(max(0.0, started + number * every - time.monotonic()))
        guide.summary = WORDS.format(number)
        guide.save()
        editions.publish(editions.save(guide))
        sys.stdout.write(f"{number} {time.monotonic()}\n")
        sys.stdout.flush()


def published(count, environment, every=0):
    """Have the guide published so often, every so many seconds, with a host's settings; return [(number, moment)]."""
    command = [sys.executable, "-m", "benchmarks.staleness", "--publish", f"--publishings={count}", f"--every={every}"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    result = subprocess.run(command, cwd=servers.ROOT, env=os.environ | environment, check=False, **options)
    if result.returncode:
        sys.exit(result.stderr)
    said = re.findall(r"^(\d+) ([\d.]+)$", result.stdout, re.MULTILINE)
    return [(int(number), float(moment)) for number, moment in said]


class Reader(threading.Thread):
    """Reads the guide again and again at each of `ports`; notes when it asked, which number it saw, and the status."""

    def __init__(self, ports, host, ended):
        super().__init__()
        self.ports, self.host, self.ended = ports, host, ended
        self.known, self.readings = {}, []

    def run(self):
        for port in itertools.cycle(self.ports):
            if self.ended.is_set():
                return
            for conditional in (False, True):
                self.readings.append(self.read(port, conditional))
            time.sleep(0.01)

    def read(self, port, conditional):
        """Ask once; return (moment of asking, number shown, status)."""
        etag, number = self.known.get(port, ("", 0))
        headers = {"Host": self.host, "Accept-Encoding": "identity"}
        if conditional and etag:
            headers["If-None-Match"] = etag
        asked = time.monotonic()
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", site.GUIDE, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        if answer.status == 200:
            match = NUMBER.search(body)
            number = int(match[1]) if match else 0
            self.known[port] = answer.getheader("ETag"), number
        return asked, number, answer.status


@contextlib.contextmanager
def hosts(folder, count):
    """Start so many hosts; give the settings of the first one, the ports to read at, and the site's host name."""
    front, ports = servers.free_port(), [servers.free_port() for _host in range(count)]
    with contextlib.ExitStack() as stack:
        environments = []
        for number, port in enumerate(ports):
            home = folder / f"host{number}"
            home.mkdir()
            environment = site.prepare(home) | {"SITE_URL": f"http://127.0.0.1:{front}"}
            command = servers.granian("careerguide.wsgi:application", port, workers=2)
            stack.enter_context(servers.serving(command, port, environment, processor="0,1"))
            environments.append(environment)
        upstream = " ".join(f"server 127.0.0.1:{port};" for port in ports)
        command = servers.nginx(folder, PROXY.format(upstream=upstream, port=front))
        stack.enter_context(servers.serving(command, front))
        yield environments[0], [front, *ports], f"127.0.0.1:{front}"


def judge(readings, commits):
    """Print what came out; return how many readings were stale or wrong."""
    moments = [moment for _number, moment in commits]
    stale, wrong, late = 0, 0, [0.0]
    for asked, number, status in readings:
        due = bisect_right(moments, asked - LIMIT)
        stale += status == 200 and number < due
        wrong += status == 304 and number < due
        if number < bisect_right(moments, asked):
            late.append(asked - moments[number])
    whole = [status for _asked, _number, status in readings]
    print(f"{len(commits)} publishings; {len(readings)} readings, {whole.count(200)} whole and {whole.count(304)} 304s")
    print(f"older than {LIMIT * 1000:.0f} ms after a commit: {stale} pages, {wrong} 304s")
    print(f"showing what was before a commit, asked for after it: {len(late) - 1}, at most {max(late) * 1000:.0f} ms")
    return stale + wrong + len(whole) - whole.count(200) - whole.count(304)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--publishings", type=int, default=100)
    parser.add_argument("--hosts", type=int, default=1)
    parser.add_argument("--every", type=float, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--publish", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.publish:
        return publish(options.publishings, options.every)
    if options.hosts > 1 and not os.environ.get("BENCHMARK_DATABASE_URL"):
        sys.exit("Several hosts need a PostgreSQL that they share: set BENCHMARK_DATABASE_URL.")
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        folder, ended = Path(name), threading.Event()
        with hosts(folder, options.hosts) as (environment, ports, host):
            readers = [Reader(ports, host, ended) for _reader in range(3)]
            for reader in readers:
                reader.start()
            try:
                commits = published(options.publishings, environment)
            finally:
                time.sleep(0.5)
                ended.set()
                for reader in readers:
                    reader.join()
    return judge(sorted(reading for reader in readers for reading in reader.readings), commits)


if __name__ == "__main__":
    sys.exit(bool(main()))
