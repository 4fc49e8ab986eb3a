"""What a question is about: a guide or an occupation that it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from guides.models import Entry, Name
from guides.occupations.models import OccupationListing
from guides.search.words import STOP_WORDS, stem

from . import words
from .passages import Body

# Titles of O*NET's that are words of everyday questions.
COMMON = frozenset(
    """boss reader page student teacher assistant manager director driver worker helper lead leader supervisor trainer
    tester author editor classifier host server aide clerk technician specialist associate officer agent operator
    parent volunteer intern trainee apprentice head chief captain member owner partner president pilot runner
    degree school work employee union citizen""".split()
)
LONGEST_NAME = 6


@dataclass(frozen=True)
class Subject:
    """A guide, or an occupation without one, and the words that named it."""

    body: Body | None
    listing: OccupationListing | None
    name: Sequence[str]

    @property
    def key(self) -> str:
        """The key of its Body."""
        return self.body.key if self.body else self.listing.code if self.listing else ""

    @property
    def title(self) -> str:
        return self.body.title if self.body else self.listing.title if self.listing else ""


def names_of(body: Body) -> list[list[str]]:
    """Return what a guide's job is called, as folded words."""
    return [words.spoken(name) for name in body.names]


def short_names(body: Body) -> list[list[str]]:
    """Return what a job is called where it is the only one that is spoken of: 'a clerk' for a library clerk."""
    title = words.spoken(body.title.partition(",")[0])
    own = [title[-1:]] if title else []
    return own if body.is_guide else [*own, *([each] for each in title if each not in {"and", "of"})]


def in_guides(typed: Sequence[str], bodies: Sequence[Body]) -> list[Subject]:
    """Return the guides that the words name, each by the longest of its names: what was named first comes first."""
    found: list[tuple[int, int, Subject]] = []
    stems = [stem(word) for word in typed]
    for body in bodies:
        best: tuple[int, int, list[str]] | None = None
        for name in names_of(body):
            place = _place(stems, [stem(word) for word in name])
            if place is not None and (best is None or len(name) > best[0]):
                best = (len(name), place, name)
        if best:
            found.append((best[1], best[0], Subject(body, None, best[2])))
    # A name within another's names that one: 'library assistant' in 'cataloging library assistant'.
    kept = [
        each
        for each in found
        if not any(
            other is not each and other[1] > each[1] and other[0] <= each[0] < other[0] + other[1] for other in found
        )
    ]
    own_title = [each for each in kept if list(each[2].name) in _titles(each[2].body)]
    kept = [each for each in kept if each in own_title or not any(other[0] == each[0] for other in own_title)]
    return [subject for _place, _length, subject in sorted(kept, key=lambda each: each[:2])]


def _titles(body: Body | None) -> list[list[str]]:
    return [words.spoken(body.title), words.spoken(body.short_title)] if body else []


def _place(stems: Sequence[str], name: Sequence[str]) -> int | None:
    if not name:
        return None
    starts = range(len(stems) - len(name) + 1)
    return next((start for start in starts if list(stems[start : start + len(name)]) == list(name)), None)


def occupation(typed: Sequence[str]) -> Subject | None:
    """Return the occupation that the words name by one of its titles, the longest name first. Two or three queries."""
    runs: dict[str, tuple[int, list[str]]] = {}
    for start in range(len(typed)):
        for end in range(start + 1, min(len(typed), start + LONGEST_NAME) + 1):
            run = list(typed[start:end])
            if len(run) == 1 and (run[0] in COMMON or run[0].removesuffix("s") in COMMON or len(run[0]) < 4):
                continue
            key = " ".join(dict.fromkeys(stem(word) for word in run if word not in STOP_WORDS))
            if key and run[0] not in STOP_WORDS and run[-1] not in STOP_WORDS:
                runs.setdefault(key, (len(run), run))
    rows = Name.objects.filter(Q(stems__in=runs) & Q(entry__source="occupations")).select_related("entry")
    found = [(runs[row.stems], row.is_title, row.entry) for row in rows]
    # One word alone names a job only where it is a job's own title.
    weak = words.lexicon().weak
    found = [
        each for each in found if each[0][0] > 1 or ((each[1] or each[2].weight > 0.3) and each[0][1][0] not in weak)
    ]
    if not found:
        return None
    (_length, name), _is_title, entry = max(found, key=lambda each: (each[0][0], each[1], each[2].weight))
    listing = _listing(entry)
    return Subject(None, listing, name) if listing else None


def _listing(entry: Entry) -> OccupationListing | None:
    return OccupationListing.objects.current().filter(code=entry.key).first()


# Words of a comparison, and those that part what is compared, the surest first.
COMPARING = frozenset(
    "more less better worse vs versus than difference differences compare compared higher lower".split()
)
PARTING = ("versus", "vs", "than", "or", "and")
ARTICLES = frozenset({"a", "an", "the"})
# Words behind which the name of a job ends.
BEHIND = COMPARING | frozenset("paid pay pays make makes earn earns get gets salary money is be do does".split())


@dataclass(frozen=True)
class Side:
    """One of two jobs that are compared: what names it, or only its words where nothing here is called so."""

    subject: Subject | None
    words: str


def compared(typed: Sequence[str], bodies: Sequence[Body]) -> list[Side]:
    """Return both sides of a comparison of two jobs; none where it is no such question."""
    parting = next((word for word in PARTING if word in typed), None)
    if parting is None or COMPARING.isdisjoint(typed):
        return []
    place = typed.index(parting)
    # 'The difference between a plumber and an electrician' has its 'and' where 'or' and 'than' may not be.
    sides = [_side(typed[:place], bodies), _side(typed[place + 1 :], bodies)]
    return sides if all(each.subject or each.words for each in sides) and any(each.subject for each in sides) else []


def _side(typed: Sequence[str], bodies: Sequence[Body]) -> Side:
    named = in_guides(typed, bodies)
    found = occupation(typed)
    if named and not (found and len(found.name) > len(named[0].name)):
        return Side(named[0], "")
    if found:
        return Side(found, "")
    articles = [place for place, word in enumerate(typed) if word in ARTICLES]
    rest = list(typed[articles[-1] + 1 :]) if articles else []
    end = next((place for place, word in enumerate(rest) if word in BEHIND), len(rest))
    name = rest[:end][:LONGEST_NAME]
    short = [body for body in bodies if len(name) == 1 and name in short_names(body)]
    return Side(Subject(short[0], None, name) if len(short) == 1 else None, " ".join(name))
