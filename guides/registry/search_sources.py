"""What search finds beside guides: each app declares its sources in its Extension (extension.py).

    SearchSource("dishes", _("dish"), dishes)

where `dishes` gives a SearchEntry for each. The index (guides/search/index.py) asks for them when `version` has
changed, and writes what is new.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class SearchPlace:
    """A place on an entry's page: its title, what it says, and its anchor.

    `topic` is the one of guides/search/topics.py that it answers, such as 'pay': who asks for that is led here first.
    """

    title: str
    text: str = ""
    anchor: str = ""
    topic: str = ""


@dataclass(frozen=True)
class SearchEntry:
    """Something to find: its key (unique in its source), title, address, and what it says of itself.

    `names` are what else it is called, `called` what people call it by no title of its own, each with a sentence that
    says why that leads here; `code` its occupation code. `weight`, from 0 to 1, says how often people mean it
    rather than another of the same name.
    """

    key: str
    title: str
    address: str
    text: str = ""
    names: Sequence[str] = ()
    code: str = ""
    weight: float = 0.0
    places: Sequence[SearchPlace] = ()
    called: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class NearestGuide:
    """The written guide that comes nearest to an entry: its title, its address and why, in half a sentence."""

    title: str
    address: str
    why: str | Promise


@dataclass(frozen=True)
class SearchList:
    """A page that lists what answers a question of no job in particular: who asks for `topic` alone is led there.

    `name` is what it is called in a sentence, `url` the name of its URL, `query` its query string.
    """

    topic: str
    name: str | Promise
    url: str
    query: str = ""


@dataclass(frozen=True)
class SearchQuestion:
    """What people ask of no job in particular that a page answers, such as 'jobs for teens': it is offered first.

    `asked` is what they type, in small letters; `name` is what the page is called in a sentence, `url` the name of its
    URL, `query` its query string.
    """

    asked: re.Pattern[str]
    name: str | Promise
    url: str
    query: str = ""


@dataclass(frozen=True)
class SearchCondition:
    """What people ask of all jobs at once, such as 'no degree' or '30 an hour', by which a source's page is narrowed.

    `asked` is what they type, in small letters. `narrow` gives for a match what the page then shows, as the end of a
    sentence on what it lists, and its part of the query string; None where the match is none after all.
    Whoever asks for it says no more of the `topics` that it answers. With `of_jobs` it counts beside a word for jobs
    alone: 'office' asks for a field of work in 'office jobs', not in 'office clerk'.
    """

    asked: re.Pattern[str]
    narrow: Callable[[re.Match[str]], tuple[str, str] | None]
    topics: frozenset[str] = frozenset()
    of_jobs: bool = False


@dataclass(frozen=True)
class SearchSource:
    """Things of one sort to find. `name` says in a word what one of them is.

    - `entries` gives all that there is.
    - `version` gives a word that changes whenever they may have changed, by a quick question: for many entries. Without
      it they are all asked for once a minute.
    - `counts`: how much what it says counts beside what guides say; a definition is a poorer answer than a section.
    - `page` is the name of the URL of a page that lists them all, `page_name` what that is called in a sentence: where
      nothing is found, readers are led there.
    - `lists` are its pages for questions that name no job, such as 'jobs with no degree'.
    - `questions` are those that a page of its app answers, the first that fits of each.
    - `conditions` are those by which `page` can be narrowed, `all_of_them` what it lists, as a sentence begins.
    - `nearest` gives the NearestGuide of entries that are jobs without a guide, by their keys.
    """

    slug: str
    name: str | Promise
    entries: Callable[[], Iterable[SearchEntry]]
    version: Callable[[], str] | None = None
    counts: float = 1.0
    page: str = ""
    page_name: str | Promise = ""
    lists: Sequence[SearchList] = ()
    questions: Sequence[SearchQuestion] = ()
    conditions: Sequence[SearchCondition] = ()
    all_of_them: str | Promise = ""
    nearest: Callable[[Sequence[str]], Mapping[str, NearestGuide]] | None = None


SEARCH_SOURCES: dict[str, SearchSource] = {}


def counts(slug: str) -> float:
    """How much what a source says counts; guides are no declared source."""
    source = SEARCH_SOURCES.get(slug)
    return source.counts if source else 1.0


def name_of(slug: str) -> Any:
    """What an entry of that source is, in a word; empty where its app is gone."""
    source = SEARCH_SOURCES.get(slug)
    return source.name if source else ""
