"""`find`: from what a person typed to the places that answer, grouped by what they belong to, the words marked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse
from rapidfuzz import fuzz, process

from ..models import Entry, Name, Passage
from ..registry import search_sources
from ..registry.search_sources import NearestGuide
from . import naming, rows
from .engines import engine
from .marking import MarkedPart, excerpt, marked
from .query import Query, understand
from .ranking import UNNAMED, Naming, Ranked, Scored, rank
from .rows import FoundEntry, Place
from .topics import CALLED
from .words import fold, stem

# How many passages are weighed; how many entries, and passages of each, are shown.
CANDIDATES, MOST_ENTRIES, MOST_PASSAGES = 60, 10, 3
# Of how many named entries the sections that answer are looked up, and of how many whose names say more than was typed.
MOST_NAMED, MOST_PARTLY = 40, 15
# A passage that scores less than this share of its entry's best one is left out; an entry, of the best entry.
WORTH = 0.4
ENOUGH, MOST_COMBINED = 3, 5
# So many jobs of one name are seen at a glance; of more, a list to choose from stands first, and these are shown.
FEW = 3
NEAR_TITLES, LIKENESS = 5, 70
# What official data says of no occupation.
IN_NO_DATA = {"remote"}
# How a question begins that is more than two words.
QUESTION = re.compile(
    r"(?:how|what|whats|what’s|what's|why|when|where|who|which|can|could|do|does|did|is|are|am|will|would|should|may|i|my|if)\b"
    r"(?:\s+\S+){2,}|.+\?$"
)


@dataclass
class Hit:
    """A place that answers: title and excerpt as parts to mark, its address and what kind of place it is."""

    passage: Place
    entry: FoundEntry
    title: list[MarkedPart]
    excerpt: list[MarkedPart]

    @property
    def address(self) -> str:
        """The address that opens the section and goes to the place."""
        return self.passage.address

    @property
    def kind(self) -> Any:
        """What kind of place it is, in a word."""
        if self.passage.kind == Passage.Kind.ENTRY:
            return search_sources.name_of(self.entry.source)
        return Passage.Kind(self.passage.kind).label


@dataclass
class Named:
    """An entry of which what was typed is a name, and whether that is its title; the address that answers."""

    entry: FoundEntry
    address: str
    is_title: bool


class Called(NamedTuple):
    """Why a name that is no title leads to an entry: the name, and a sentence."""

    pk: int
    title: str
    text: str


@dataclass
class Results:
    """What a search gives: `found` is `[(entry, [Hit])]`.

    `named` are the entries that what was typed is a name of. `nearest` is the guide nearest
    to the first one found, where that is a job without a guide. `missing` are words that the first place does not say.
    `near` are entries whose titles are alike where nothing was found. `called` says why a name that is no title leads
    to the first entry, None where it has a title that was typed.
    """

    text: str
    query: Query = field(default_factory=Query)
    found: list[tuple[FoundEntry, list[Hit]]] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    nearest: NearestGuide | None = None
    missing: list[str] = field(default_factory=list)
    near: list[FoundEntry] = field(default_factory=list)
    called: Called | None = None

    @property
    def first(self) -> str | None:
        """The address of the best answer, or None."""
        return self.found[0][1][0].address if self.found else None

    @property
    def is_question(self) -> bool:
        """Whether it is a sentence that asks, rather than words to look for."""
        return bool(QUESTION.match(fold(self.text).strip()))

    @property
    def is_in_no_data(self) -> bool:
        """Whether it asks of all jobs what no data here says of any: guides alone answer."""
        return not self.query.strong and any(topic.slug in IN_NO_DATA for topic in self.query.topics)

    @property
    def answering(self) -> int:
        """How many pages answer: the lists that do, and those that are shown with their places."""
        return len(self.lists) + len(self.found)

    @property
    def same(self) -> list[Named]:
        """The entries of one name, where these are several."""
        return self.named if len(self.named) > 1 else []

    @property
    def choices(self) -> list[Named]:
        """The entries of one name, where these are more than one sees at a glance."""
        return self.same if len(self.same) > FEW else []

    @property
    def elsewhere(self) -> list[tuple[Any, str]]:
        """Name and address of the pages that list all there is of each source."""
        sources = search_sources.SEARCH_SOURCES.values()
        return [(source.page_name, reverse(source.page)) for source in sources if source.page]

    @property
    def lists(self) -> list[tuple[Any, str]]:
        """Name and address of the lists that answer what is asked of no job in particular."""
        wanted = self.query.conditions
        first = self._questions
        if not wanted.name and (self.query.strong or self.query.codes):
            return [(name, address) for address, name in first.items()]
        asked = {topic.slug for topic in self.query.topics} - wanted.topics
        lists = (each for source in search_sources.SEARCH_SOURCES.values() for each in source.lists)
        found = {
            reverse(each.url) + (f"?{each.query}" if each.query else ""): each.name
            for each in lists
            if each.topic in asked
        }
        first |= {wanted.address: wanted.name} if wanted.name else {}
        return [(name, address) for address, name in (first | found).items()]

    @property
    def _questions(self) -> dict[str, Any]:
        """Name by address of the page of each source that answers the question itself."""
        said, found = fold(self.text), {}
        for source in search_sources.SEARCH_SOURCES.values():
            if question := next((each for each in source.questions if each.asked.search(said)), None):
                found[reverse(question.url) + (f"?{question.query}" if question.query else "")] = question.name
        return found


def find(text: str) -> Results:
    """Return the Results for `text`, whatever it is; a constant number of database queries."""
    query = understand(text)
    results = Results(text, query)
    if query.groups or query.codes:
        ranked, namings = _ranked(query)
        _show(results, ranked, namings)
    if not results.found and not query.is_foreign and not query.offered and not query.codes:
        results.near = near_titles(text)
    return results


def _ranked(query: Query) -> tuple[Ranked, Mapping[int, Naming]]:
    """Return every entry that answers with its passages, the best first, and how each is named."""
    coded = naming.of_codes(query.codes)
    if coded:
        # 'SOC code 25-4031': no more is asked for.
        for group in query.groups:
            group.is_weak = True
    namings = coded | (naming.of_names(query) if query.groups else {})
    candidates = _candidates(query) if query.groups else []
    best = sorted(namings, key=lambda key: (not namings[key].is_whole, -namings[key].score))
    # Of many jobs that have it in a name, the likeliest; of those whose name it is, as many as one may list.
    best = [key for place, key in enumerate(best[:MOST_NAMED]) if place < MOST_PARTLY or namings[key].is_whole]
    sections = {section for topic in query.topics for section in topic.sections}
    places = rows.places(candidates, best, sections)
    entries = rows.entries({place.entry_id for place in places})
    # A guide that is published between two questions has places and an entry with other keys from then on.
    places = [place for place in places if place.entry_id in entries]
    guides = {key for key, entry in entries.items() if entry.is_guide and key not in namings}
    if query.groups and guides:
        namings |= naming.of_entries(guides, query)
    return rank(places, entries, namings, query), namings


def _show(results: Results, ranked: Ranked, namings: Mapping[int, Naming]) -> None:
    """Put the best of `ranked` into `results`."""
    query = results.query
    whole = {index for index, group in enumerate(query.groups) if not group.is_weak}
    results.named = [
        Named(entry, scored[0][1].address, named.is_title)
        for _points, entry, scored in ranked
        if entry.code and (named := namings.get(entry.pk, UNNAMED)).is_whole and named.groups >= whole
    ]
    most = FEW if results.choices else MOST_ENTRIES
    best = [entry for entry in ranked[:most] if entry[0] >= WORTH * ranked[0][0]]
    shown = [(entry, _best_passages(scored)) for _points, entry, scored in best]
    results.found = _hits(shown, query)
    if not results.found:
        return
    first = ranked[0][1]
    said = namings.get(first.pk, UNNAMED).stems
    called = (each for _points, each in ranked[0][2] if each.section == CALLED)
    if place := next((each for each in called if said.issuperset(each.title_stems.split())), None):
        results.called = Called(place.pk, place.title, rows.texts([place.pk]).get(place.pk, ""))
    _say_what_was_meant(query, ranked[0], namings.get(first.pk, UNNAMED))
    results.missing = _missing(query, ranked[0], namings.get(first.pk, UNNAMED))
    source = search_sources.SEARCH_SOURCES.get(first.source)
    is_told = any(each.entry.is_guide for each in results.named)
    if source and source.nearest and first.pk in namings and not is_told and not results.choices:
        results.nearest = source.nearest([first.key]).get(first.key)


def _say_what_was_meant(query: Query, best: tuple[float, FoundEntry, Scored], named: Naming) -> None:
    """Of several words that one may have been mistyped for, name the one that the first entry is found by."""
    mistyped = [group for group in query.groups if group.meant]
    if not mistyped:
        return
    said = named.stems.union(*(f"{each.title_stems} {each.text_stems}".split() for _points, each in best[2]))
    for group in mistyped:
        if meant := next((word for word in group.meant if stem(word) in said), None):
            query.corrected[group.typed] = meant


def _missing(query: Query, best: tuple[float, FoundEntry, Scored], named: Naming) -> list[str]:
    """The words typed that neither name the first entry nor stand in its passages that were found."""
    _points, _entry, scored = best
    others = [group for index, group in enumerate(query.groups) if index not in named.groups and not group.is_weak]
    if not others:
        return []
    said = {stem for _score, each in scored for stem in each.all_stems.split()}
    return [group.typed for group in others if not any(said.issuperset(phrase) for phrase in group.phrases)]


def _candidates(query: Query) -> list[int]:
    """Return the keys of passages that hold every group; where few do, those that miss one, then two, and so on."""
    groups = [list(group.phrases) for group in query.groups]
    # What stands in many titles is not looked for in the texts as well.
    keys = engine().passages([groups], CANDIDATES, titles_only=True) if len(groups) == 1 else []
    if len(keys) < CANDIDATES:
        keys = engine().passages([groups], CANDIDATES)
    # The commonest words of a long question tell its answers apart least, and cost most.
    rarest = sorted(query.groups, key=lambda group: -group.rarity)[:MOST_COMBINED]
    groups = [list(group.phrases) for group in rarest]
    missing = max(0, len(groups) - len(query.groups) + 1)
    while len(keys) < ENOUGH and missing < len(groups):
        keys = engine().passages(list(combinations(groups, len(groups) - missing)), CANDIDATES)
        missing += 1
    return keys


def _best_passages(scored: Scored) -> list[Place]:
    """The passages of one entry that are near its best one, at most MOST_PASSAGES."""
    return [passage for points, passage in scored if points >= WORTH * scored[0][0]][:MOST_PASSAGES]


def _hits(shown: Sequence[tuple[FoundEntry, list[Place]]], query: Query) -> list[tuple[FoundEntry, list[Hit]]]:
    """Return `[(entry, [Hit])]` for `[(entry, [passage])]`; without those that are gone since they were found."""
    keys = [passage.pk for _entry, passages in shown for passage in passages]
    texts = rows.texts(keys)
    phrases = {phrase for group in query.groups for phrase in group.phrases}
    hits = [
        (
            entry,
            [
                Hit(passage, entry, marked(passage.title, phrases), excerpt(texts[passage.pk], phrases))
                for passage in passages
                if passage.pk in texts
            ],
        )
        for entry, passages in shown
    ]
    return [(entry, of_entry) for entry, of_entry in hits if of_entry]


def near_titles(text: str) -> list[FoundEntry]:
    """Return the entries whose titles, or a guide's other names, look most like `text`."""
    names = Name.objects.filter(Q(is_title=True) | Q(entry__source=Entry.GUIDES))
    keys: dict[str, int] = dict(names.values_list("text", "entry_id"))
    alike = process.extract(text, list(keys), scorer=fuzz.ratio, processor=fold, limit=20, score_cutoff=LIKENESS)
    best = list(dict.fromkeys(keys[name] for name, _score, _index in alike))[:NEAR_TITLES]
    entries = rows.entries(best)
    return [entries[key] for key in best if key in entries]
