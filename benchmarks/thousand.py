"""What 1,000 guides cost: through the page store in turn, in memory, and where nothing is stored.

    python -m benchmarks.thousand [--guides 1000]

Wanted: asking for all guides in turn costs at most 1.3 times what asking for one costs; a page takes at most 100 kB of
a worker's memory; front page, list and guide cost at most 1.5 times what they cost where there is one guide.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from . import made_up, servers, site

ROUNDS, SECONDS = 7, 2
RENDERED = ["/", "/guides/", site.GUIDE]
# wrk asks for the addresses of a file, one after the other.
SCRIPT = """
local paths, last = {{}}, 0
for path in io.lines("{addresses}") do paths[#paths + 1] = path end
request = function() last = last % #paths + 1; return wrk.format("GET", paths[last]) end
"""


def rendered(client):
    """Return the milliseconds of processor time that each page takes to make."""
    return {path: site.render_cost(client, path)[2] for path in RENDERED}


def through_the_store(environment, addresses, script):
    """Return (cost of one address, cost of all in turn, bytes a page) of one worker."""
    port = servers.free_port()
    command = servers.granian("careerguide.wsgi:application", port)
    with servers.serving(command, port, environment | {"PORT": str(port)}) as process:
        for _time in range(30):
            servers.get(port, addresses[0])
        before = servers.memory_bytes(process.pid)
        for address in addresses:
            servers.get(port, address)
        servers.time.sleep(20)  # compressing tightly follows in the background
        memory = (servers.memory_bytes(process.pid) - before) / len(addresses)
        rounds = [
            (
                servers.cost(process, port, addresses[0], SECONDS),
                servers.cost(process, port, addresses[0], SECONDS, script),
            )
            for _round in range(ROUNDS)
        ]
    return rounds, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--guides", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        folder = Path(name)
        environment = site.prepare(folder)
        site.set_up(environment)
        from django.test import Client

        from guides.models import Guide

        client = Client()
        Guide.objects.exclude(slug=site.GUIDE.split("/")[2]).delete()
        one = rendered(client)
        slugs = [slug for _title, slug in made_up.fill(options.guides)]
        many = rendered(client)
        addresses = [site.GUIDE, *(f"/guides/{slug}/" for slug in slugs)]
        (folder / "addresses").write_text("\n".join(addresses))
        script = folder / "in_turn.lua"
        script.write_text(SCRIPT.format(addresses=folder / "addresses"))
        rounds, memory = through_the_store(environment, addresses, script)
    ratio = statistics.median(turn / single for single, turn in rounds)
    single, turn = (statistics.median(costs) for costs in zip(*rounds, strict=True))
    print(f"one address {single:.1f} µs a request, {len(addresses)} in turn {turn:.1f} µs: {ratio:.2f} times")
    print(f"memory: {memory / 1000:.0f} kB a page")
    for path in RENDERED:
        print(f"{path:40} one guide {one[path]:6.1f} ms, {options.guides} guides {many[path]:6.1f} ms")
    sys.exit(ratio > 1.3 or memory > 100_000 or any(many[path] > 1.5 * one[path] for path in RENDERED))


if __name__ == "__main__":
    main()
