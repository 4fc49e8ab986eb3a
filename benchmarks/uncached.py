"""What each kind of page costs when nothing is stored: queries, and milliseconds of processor time.

    python -m benchmarks.uncached

Wanted: at most 8 queries and 40 ms a reader page, 12 ms a guide's. The fewest milliseconds of 15 are the nearest to
what the page costs on a quiet machine; the median says how busy this one is.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from . import site

MOST_QUERIES, MOST_MILLISECONDS, MOST_OF_A_GUIDE = 8, 40, 12
SLUG = site.GUIDE.split("/")[2]
PAGES = [
    "/",
    "/guides/",
    site.GUIDE,
    f"{site.GUIDE}pay-outlook/",
    f"{site.GUIDE}print/",
    f"{site.GUIDE}sources/",
    f"/guides/{SLUG}.json",
    f"{site.GUIDE}readiness/",
    f"{site.GUIDE}skills-gap/",
    f"{site.GUIDE}toolkit/resume/",
    f"/compare/?g={SLUG}&g=library-clerk",
    "/search/?q=pay",
    "/glossary/",
    "/sitemap.xml",
    "/feed/",
]


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as folder:
        site.set_up(site.prepare(Path(folder)))
        from django.test import Client

        client, failed = Client(), False
        print(f"{'':60}{'queries':>8}{'median':>12}{'fewest':>12}")
        for path in PAGES:
            queries, median, fewest = site.render_cost(client, path)
            print(f"{path:60}{queries:8}{median:9.1f} ms{fewest:9.1f} ms")
            most = MOST_OF_A_GUIDE if path == site.GUIDE else MOST_MILLISECONDS
            failed |= queries > MOST_QUERIES or fewest > most
    sys.exit(failed)


if __name__ == "__main__":
    main()
