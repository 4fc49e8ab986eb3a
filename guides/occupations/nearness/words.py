"""Tasks as words, so that the same work is known again where two surveys say it in other words."""

import re
from functools import cache, lru_cache

from guides.search.words import stem, stems

# Words that stand for the same thing at work, each line one thing; the library's patron is the shop's customer.
SAME = """
    customer patron client guest shopper borrower
    telephone phone
    payment fee fine money cash
    question inquiry
    item merchandise good product
    instruct teach train educate tutor
    employee worker staff personnel
    photocopier copier duplicate
    order requisition
    automobile car
    child children pupil
    vehicle truck
    patient resident
    computer pc
    shelf shelves shelve
    repair mend fix
"""
# Among so many first words stand a task's verb and its object.
BEGINNING = 7
HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


@cache
def _same() -> dict[str, str]:
    """Each word's stem with the stem that stands for it."""
    lines = [[stem(word) for word in line.split()] for line in SAME.strip().splitlines()]
    return {word: line[0] for line in lines for word in line}


def in_order(text: str) -> list[str]:
    """Return what a task is about, as stems: a hyphenated word is one, and words that mean the same are one."""
    same = _same()
    return [same.get(word, word) for word in stems(HYPHEN.sub("", text))]


def beginning(text: str) -> frozenset[str]:
    """Return the first words of a task: what is done, and to what."""
    return frozenset(in_order(text)[:BEGINNING])


@lru_cache(maxsize=4_096)
def of_task(text: str) -> frozenset[str]:
    """Return the words of `in_order`, each once."""
    return frozenset(in_order(text))
