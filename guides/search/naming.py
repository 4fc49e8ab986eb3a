"""Which entries a query names: by an occupation code, by a whole name, or by words of a name."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from django.db.models import Q

from ..models import Entry
from .engines import engine
from .query import Group, Query
from .ranking import UNNAMED, Naming, naming
from .rows import select

# So many names that hold what was typed are weighed, the shortest ones.
MOST_NAMES = 150
# A name has no more words than this, and so many ways to say it are tried.
LONGEST, MOST_WAYS, MOST_KEYS = 6, 24, 200
# How much more a job counts, by the logarithm of how many of its names say it all.
OFTEN, BESIDE, ENOUGH_NAMES = 0.1, 0.02, 4
# Of names that are as good, those of the first entry in the alphabet count.
NAMED = (
    "SELECT entry_id, stems, is_title FROM guides_name JOIN guides_entry ON guides_entry.id = entry_id "
    "WHERE guides_name.id IN ({}) OR stems IN ({}) ORDER BY title, key, guides_name.id"
)
# A code names an occupation for certain.
BY_CODE = 100.0


def of_codes(codes: Sequence[str]) -> dict[int, Naming]:
    """Return the Naming of every entry with one of these codes; 25-4031 names those of 25-4031.00 as well."""
    if not codes:
        return {}
    asked = Q()
    for code in codes:
        # A guide has the SOC's code alone.
        asked |= Q(code__startswith=code) | Q(code=code[:7])
    return {
        entry.pk: Naming(_certainty(entry, codes), frozenset(), is_whole=True) for entry in Entry.objects.filter(asked)
    }


def _certainty(entry: Entry, codes: Sequence[str]) -> float:
    """How sure a code names an entry: the occupation itself, then parts of it, then guides that it counts."""
    if not entry.is_guide and any(entry.code in {code, f"{code}.00"} for code in codes):
        return BY_CODE
    return BY_CODE * (0.6 if entry.is_guide else 0.7)


def of_names(query: Query) -> dict[int, Naming]:
    """Return the Naming of every entry that has a name which the query says whole, or which says all of the query.

    What only asks for something, such as 'interview', names nothing.
    """
    strong = [list(group.phrases) for group in query.strong]
    if not strong:
        return {}
    best = _best(select(NAMED, engine().names([strong], MOST_NAMES), _ways(query.groups)), query)
    whole = [named.groups for named in best.values() if named.is_whole]
    claimed = max(whole, key=lambda own: (sum(not query.groups[at].is_weak for at in own), len(own)), default=())
    if any(not query.groups[at].is_weak for at in claimed):
        query.claim(query.groups[at] for at in claimed)
    return best


def of_entries(keys: Iterable[int], query: Query) -> dict[int, Naming]:
    """Return the Naming of these entries by any of their names."""
    rows = select("SELECT entry_id, stems, is_title FROM guides_name WHERE entry_id IN ({}) ORDER BY id", keys)
    return _best(rows, query)


def _best(rows: Iterable[tuple[int, str, bool]], query: Query) -> dict[int, Naming]:
    best: dict[int, Naming] = {}
    strong = {index for index, group in enumerate(query.groups) if not group.is_weak}
    often: Counter[int] = Counter()
    for key, stems, is_title in rows:
        own = naming(stems, bool(is_title), query.groups)
        often[key] += own.groups >= strong
        # Of two that count as much, the whole name.
        before = best.get(key, UNNAMED)
        better, other = (own, before) if (own.score, own.is_whole) > (before.score, before.is_whole) else (before, own)
        # It is named by a whole name as well: that it has another, in which a synonym stands, takes nothing away.
        if other.is_whole and not better.is_whole and other.groups >= better.groups:
            better = replace(better, is_whole=True, is_title=other.is_title)
        best[key] = better
    # A job with many names that say it is meant rather than one that has it in a name by the way.
    for key, own in best.items():
        if often[key] > 1:
            # Of those that have it as a whole name, a few others are enough: teachers of everything have a hundred.
            count, counts = (min(often[key], ENOUGH_NAMES), BESIDE) if own.is_whole else (often[key], OFTEN)
            best[key] = replace(own, score=own.score * (1 + counts * math.log(count)))
    return best


def _ways(groups: Sequence[Group]) -> list[str]:
    """Return how names may be written that the query says word for word, the longest first."""
    runs = (
        groups[start : start + length]
        for length in range(min(len(groups), LONGEST), 0, -1)
        for start in range(len(groups) - length + 1)
    )
    ways = dict.fromkeys(way for run in runs for way in islice(_written(run), MOST_WAYS))
    return list(islice(ways, MOST_KEYS))


def _written(run: Sequence[Group]) -> Iterator[str]:
    for phrases in product(*(sorted(group.phrases, key=group.counts, reverse=True) for group in run)):
        yield " ".join(dict.fromkeys(stem for phrase in phrases for stem in phrase))
