"""`find`: from what a person typed to the places that answer, grouped by guide, the words marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.urls import reverse
from rapidfuzz import fuzz, process

from ..models import Listing, Passage
from .engines import engine
from .marking import MarkedPart, excerpt, marked
from .query import Query, understand
from .ranking import Scored, rank
from .words import fold

# How many passages are weighed; how many guides, and passages of each, are shown.
CANDIDATES, MOST_GUIDES, MOST_PASSAGES = 60, 10, 3
# A passage that scores less than this share of its guide's best one is left out; a guide, of the best guide.
WORTH = 0.4
ENOUGH, MOST_COMBINED = 3, 5
NEAR_TITLES, LIKENESS = 5, 55


@dataclass
class Hit:
    """A place that answers: title and excerpt as parts to mark, its address and what kind of place it is."""

    passage: Passage
    listing: Listing
    title: list[MarkedPart]
    excerpt: list[MarkedPart]

    @property
    def address(self) -> str:
        """The address that opens the section and goes to the place."""
        if not self.passage.section:
            return self.listing.get_absolute_url()
        section = reverse("guides:section", args=[self.listing.slug, self.passage.section])
        return f"{section}#{self.passage.anchor}"


@dataclass
class Results:
    """What a search gives: `guides` is `[(listing, [Hit])]`, `near` are listings whose titles are alike."""

    text: str
    guides: list[tuple[Listing, list[Hit]]] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    near: list[Listing] = field(default_factory=list)

    @property
    def first(self) -> str | None:
        """The address of the best answer, or None."""
        return self.guides[0][1][0].address if self.guides else None

    @property
    def count(self) -> int:
        return sum(len(hits) for _listing, hits in self.guides)


def find(text: str) -> Results:
    """Return the Results for `text`, whatever it is; a constant number of database queries."""
    query = understand(text)
    results = Results(text, corrected=query.corrected)
    if query.groups:
        passages = _candidates(query)
        listings = _listings({passage.guide_id for passage in passages})
        ranked = rank(passages, listings, query.groups)[:MOST_GUIDES]
        best = [entry for entry in ranked if entry[0] >= WORTH * ranked[0][0]]
        guides = [(listing, _best_passages(scored)) for _points, listing, scored in best]
        results.guides = _hits(guides, query)
    if not results.guides:
        results.near = near_titles(text)
    return results


def _listings(keys: Iterable[int]) -> dict[int, Listing]:
    """The listings of these guides by key, with what results show of them."""
    return Listing.objects.only("slug", "title", "other_titles", "occupation_code").in_bulk(keys)


def _candidates(query: Query) -> list[Passage]:
    """Return passages that hold every group; where few do, those that miss one, then two, and so on."""
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
    return list(Passage.objects.filter(pk__in=keys).defer("text"))


def _best_passages(scored: Scored) -> list[Passage]:
    """The passages of one guide that are near its best one, at most MOST_PASSAGES."""
    return [passage for points, passage in scored if points >= WORTH * scored[0][0]][:MOST_PASSAGES]


def _hits(guides: Sequence[tuple[Listing, list[Passage]]], query: Query) -> list[tuple[Listing, list[Hit]]]:
    """Return `[(listing, [Hit])]` for `[(listing, [passage])]`."""
    keys = [passage.pk for _listing, passages in guides for passage in passages]
    texts = dict(Passage.objects.filter(pk__in=keys).values_list("pk", "text"))
    phrases = {phrase for group in query.groups for phrase in group.phrases}
    return [
        (
            listing,
            [
                Hit(passage, listing, marked(passage.title, phrases), excerpt(texts[passage.pk], phrases))
                for passage in passages
            ],
        )
        for listing, passages in guides
    ]


def near_titles(text: str) -> list[Listing]:
    """Return the listings whose names look most like `text`."""
    names: dict[str, int] = {}
    for guide_id, title, others in Listing.objects.values_list("guide_id", "title", "other_titles"):
        names.update(dict.fromkeys([title, *others.splitlines()], guide_id))
    alike = process.extract(text, list(names), scorer=fuzz.ratio, processor=fold, limit=20, score_cutoff=LIKENESS)
    keys = list(dict.fromkeys(names[name] for name, _score, _index in alike))[:NEAR_TITLES]
    listings = _listings(keys)
    return [listings[key] for key in keys]
