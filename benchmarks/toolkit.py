"""What the toolkit's files cost: milliseconds for a PDF and a DOCX, and memory over 1,000 documents.

    python -m benchmarks.toolkit [--documents 1000]

Each document is another one, two pages long, in both designs in turn. A PDF or DOCX is to take less than 500 ms at the
95th percentile, and memory is to grow by less than 20 MB after the first tenth of the documents.
"""

import argparse
import os
import random
import statistics
import string
import sys
from pathlib import Path
from time import perf_counter

import django
from django.conf import settings

SLOWEST, MOST_GROWTH = 500, 20  # milliseconds, MB


def a_document(number):
    """Return a resume of two pages that no other number gives."""
    from guides.toolkit.documents.blocks import Document, EntryHeading, Head, Heading, Points, Text

    random.seed(number)

    def words(count):
        return " ".join("".join(random.choices(string.ascii_lowercase + "éłü", k=6)) for _word in range(count))  # noqa: S311

    blocks = [Head(words(2), words(3), (words(1), words(1))), Heading("Summary"), Text(words(40))]
    for _entry in range(8):
        blocks += [
            EntryHeading(words(2), words(3), "May 2023 – present"),
            Points(tuple(words(14) for _point in range(5))),
        ]
    return Document(words(3), words(2), blocks)


def memory():
    """Resident memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(write, count):
    """Write `count` documents; return the milliseconds of each, and the memory after a tenth and at the end."""
    times, early = [], 0
    for number in range(count):
        document = a_document(number)
        start = perf_counter()
        write(document, number)
        times.append((perf_counter() - start) * 1000)
        if number == count // 10:
            early = memory()
    return times, early, memory()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    settings.configure(USE_TZ=True)
    django.setup()
    from guides.toolkit.documents.pdf import DESIGNS, pdf
    from guides.toolkit.documents.word import docx

    designs, failed = list(DESIGNS), False
    writers = {"PDF": lambda document, n: pdf(document, designs[n % 2]), "DOCX": lambda document, n: docx(document)}
    print(f"{'':6}{'first':>9}{'median':>9}{'95 %':>9}{'slowest':>9}{'memory after a tenth, at the end':>36}")
    for name, write in writers.items():
        times, early, late = measure(write, count)
        ninety_fifth = statistics.quantiles(times, n=20)[-1]
        figures = [times[0], statistics.median(times), ninety_fifth, max(times)]
        print(f"{name:6}" + "".join(f"{value:6.0f} ms" for value in figures) + f"{early:24.0f} MB{late:6.0f} MB")
        failed |= ninety_fifth > SLOWEST or late - early > MOST_GROWTH
    sys.exit("Too slow, or memory grows." if failed else 0)


if __name__ == "__main__":
    main()
