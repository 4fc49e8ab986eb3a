"""What the pages of all occupations cost when nothing is stored: queries, and milliseconds of processor time.

    python -m benchmarks.occupations

Every page that the official data makes is asked for once, all of them in turn; the dearest are asked for again, since
a busy machine makes any page dear once. Wanted: all answer, at most 8 queries and 20 ms each.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from . import site

MOST_QUERIES, MOST_MILLISECONDS = 8, 20
LISTS = ["/occupations/", "/occupations/?letter=L", "/occupations/?major_group=25&sort=pay"]
# How many of the dearest are measured again.
AGAIN = 10


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as folder:
        environment = site.prepare(Path(folder))
        site.manage(environment, "load_snapshot")
        site.set_up(environment)
        from django.test import Client

        from guides.occupations import listings
        from guides.occupations.models import OccupationListing

        started = time.perf_counter()
        count = listings.write()
        print(f"{count} occupations listed in {time.perf_counter() - started:.1f} s")
        client, costs, failed = Client(), {}, []
        for slug in OccupationListing.objects.values_list("slug", flat=True):
            path = f"/occupations/{slug}/"
            started = time.process_time()
            response = client.get(path)
            costs[path] = (time.process_time() - started) * 1000
            if response.status_code != 200:
                failed.append(f"{path} answered {response.status_code}")
        spent = list(costs.values())
        print(f"each once: median {median(spent):.1f} ms, 95 in 100 under {quantiles(spent, n=20)[-1]:.1f} ms")
        dearest = sorted(costs, key=costs.get, reverse=True)[:AGAIN]
        print(f"{'the dearest, and lists':80}{'queries':>8}{'median':>12}{'fewest':>12}")
        for path in [*dearest, *LISTS]:
            queries, middle, fewest = site.render_cost(client, path)
            print(f"{path:80}{queries:8}{middle:9.1f} ms{fewest:9.1f} ms")
            if queries > MOST_QUERIES or fewest > MOST_MILLISECONDS:
                failed.append(f"{path}: {queries} queries, {fewest:.1f} ms")
    print("\n".join(failed) or "All are within what is wanted.")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
