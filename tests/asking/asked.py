"""The questions of data/*.tsv, and what is answered to them where the shipped guides and official data are loaded."""

import csv
from collections import Counter
from pathlib import Path

from guides.asking import guide_passages, occupation_passages
from guides.asking.answering import answer
from guides.occupations.models import OccupationListing
from guides.occupations.reading import PARTS

FOLDER = Path(__file__).parent / "data"


def table(name="questions.tsv"):
    """Yield each question, the key of what it is asked of ('' for all), and the sections of which any is right."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["question"], row["guide"], row["expected"].split("|")


def is_right(quoted, expected):
    """Whether a passage stands where one is expected: a section, or a figure of one."""
    passage = quoted.passage
    for each in expected:
        figure = each.removeprefix("figure:").split("/")[-1]
        address = passage.sources[0].address if passage.sources else ""
        if each.startswith("figure:") and passage.figure and address.endswith(f"#figure-{figure}"):
            return True
        if passage.section == each:
            return True
    return False


def count(name="questions.tsv", *, profiles=True):
    """Count what is answered: `first`, `three`, `answerable`, `refused`, `unanswerable`; and name what is wrong."""
    bodies = {body.key: body for body in guide_passages.live()}
    counts, wrong = Counter(), []
    for question, key, expected in table(name):
        body = bodies.get(key)
        if not profiles and (key.startswith("profile:") or (not key and set(expected) <= PARTS.keys())):
            continue
        if key.startswith("profile:"):
            listing = OccupationListing.objects.current().filter(code__startswith=key[8:]).order_by("code").first()
            body = occupation_passages.of_listing(listing)
        quoted = answer(question, body).quoted
        if expected == ["none"]:
            counts["unanswerable"] += 1
            counts["refused"] += not quoted
            right = not quoted
        else:
            counts["answerable"] += 1
            right = bool(quoted) and is_right(quoted[0], expected)
            counts["first"] += right
            counts["three"] += any(is_right(each, expected) for each in quoted)
        if not right:
            wrong.append((question, key, expected, [each.passage.section for each in quoted]))
    return counts, wrong
