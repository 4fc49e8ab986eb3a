"""Thawed guides that every page of this process reads: thawing one takes longer than writing its page.

All threads share their rows, so nobody writes on them but what is the same for every request, such as a closed section
as a page shows it. What a request marks stands on its Reading.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from django.urls import get_script_prefix
from django.utils.translation import get_language

from .. import freezing
from ..models import Edition, Guide
from . import dead_links

# So many are kept, those that were read last; each takes about a megabyte.
KEPT = 32
# Of the many who ask for a guide's pages when it has just been published, one thaws it.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class _Wanted:
    """What a thawed guide follows from: an edition by what it says, the addresses that lead nowhere, the language, and
    what the addresses of its pictures begin with.
    """

    content_hash: str
    dead: frozenset[str]
    language: str | None
    prefix: str
    edition: Edition = field(compare=False)


def guide_of(edition: Edition, dead: Collection[str] = ()) -> Guide:
    """Return the guide that an edition holds, without links to addresses in `dead`. Others read it too: see above."""
    dead = frozenset(dead)
    if edition.state != Edition.State.LIVE:
        return _thaw(edition, dead)
    with _one_at_a_time:
        return _kept(_Wanted(edition.content_hash, dead, get_language(), get_script_prefix(), edition))


@lru_cache(KEPT)
def _kept(wanted: _Wanted) -> Guide:
    return _thaw(wanted.edition, wanted.dead)


def _thaw(edition: Edition, dead: frozenset[str]) -> Guide:
    guide = freezing.thaw(dead_links.strike(edition.content, dead), dead)
    for source in guide.sources:
        source.is_dead = source.url in dead
    return guide
