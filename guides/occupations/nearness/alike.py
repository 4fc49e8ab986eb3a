"""Activities that are one work under several titles: O*NET's kinds, and some that people do by other names.

O*NET's kinds part what a person would not: a shop's 'Stock supplies or merchandise' and a library's 'Sort materials or
products' are of two. A work here is what its line says; an activity is of it whose title begins so.
"""

import re
from collections.abc import Iterable

from guides.datasets.profiles import Activity

from .weights import Weights, kind_of
from .words import of_task

GOODS = r".*\b(?:materials|products|items|supplies|merchandise|objects|parts|goods)\b"
SAME_WORK = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:discuss goods|provide customers? |respond to customer|answer customer|assist customers|greet customers|"
        r"resolve customer|sell products)",
        r"(?:sort|stock|store|shelve|organize)\b" + GOODS,
        r"(?:maintain|monitor|record|track|take|verify)\b.*\b(?:inventor(?:y|ies)|goods|stock)\b",
        r"(?:collect|receive|accept|process|execute)\b.*\b(?:payments?|fees|fares|sales)\b",
        r"(?:deliver|distribute|issue)\b" + GOODS,
        r"(?:maintain|record|file|update|compile)\b.*\b(?:operational|sales|client|service) (?:records|data)\b",
    )
]
# The share of the weight of a title's words that one task or activity has to say too.
SAID = 0.6


def works_of(activity: Activity) -> list[str]:
    """Return the works that an activity is of: its kind first, then those of SAME_WORK."""
    others = [f"work {number}" for number, work in enumerate(SAME_WORK) if work.match(activity.title)]
    return [kind_of(activity.id), *others]


def is_said(title: str, texts: Iterable[str], weights: Weights) -> bool:
    """Whether one of the texts says nearly all that a title says, the rarer words the more."""
    own = {word: weights.weigh(weights.words, word) for word in of_task(title)}
    whole = sum(own.values())
    return bool(whole) and any(
        sum(weight for word, weight in own.items() if word in of_task(text)) >= SAID * whole for text in texts
    )
