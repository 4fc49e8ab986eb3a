"""What `building` counted, read with a query for what is the same for all and one for what is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from guides.datasets.packing import unpack

from .. import listings
from . import activities
from .models import ExploringData, ExploringPart

# To be counted up where what is kept gets another form, or is counted in another way: then all is counted anew.
FORM = 3


class Candidate(NamedTuple):
    """An occupation that was surveyed: how many tasks it has, of what kinds, what it asks for and what it pays.

    Education is the band of the guides' list, experience and training are the Bureau's words; '' is not published.
    Pay is the nation's median in US dollars a year, openings are those a year.
    """

    code: str
    slug: str
    title: str
    tasks: int
    # Tasks that O*NET calls communicating and interacting (without animals); with teaching, coaching, advising.
    communicating: int
    with_people: int
    physical: int
    education: str
    typical_education: str
    experience: str
    training: str
    median_pay: int | None
    is_top_pay: bool
    pay_code: str
    pay_edition: str
    openings: int | None
    # By how many percent the number of jobs changes over the projection's ten years.
    change: float | None
    projection_code: str
    projection_edition: str
    is_counted_with_others: bool
    # How well each of Holland's six interests describes the work, from 1 to 7, by its element.
    interests: Mapping[str, float]

    @property
    def soc_code(self) -> str:
        return self.code[:7]


@dataclass(frozen=True)
class Data:
    """All that is the same for everybody."""

    candidates: tuple[Candidate, ...]
    # Editions of O*NET that it is of, and how many occupations nobody surveyed.
    editions: tuple[str, ...]
    unsurveyed: int
    # Interests that each activity is an example of, by slug; what is not among them O*NET does not list.
    interests: Mapping[str, list[str]]
    # The edition of pay by state, '' where there is none, and whether it is 'median' or 'mean'.
    state_edition: str
    state_statistic: str


class StatePay(NamedTuple):
    """What a state pays, in US dollars a year, and its share of what the nation pays in the same edition."""

    value: int
    # None where the nation's is not published, or the share is odd and of few jobs.
    share: float | None

    def now(self, median: int | None) -> int | None:
        """Return about what it pays now: the nation's newest median times the share, in whole hundreds of dollars."""
        return None if median is None or self.share is None else int(round(median * self.share, -2))

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)


@dataclass(frozen=True)
class Parts:
    """What is counted for the answers, and the state's pay by code.

    `tasks` are by choice and occupation how many of its tasks are that, and the one that says it best (tasks.Said).
    """

    tasks: Mapping[str, Mapping[str, Sequence[Any]]]
    pay: Mapping[str, StatePay]


def counted_from() -> str:
    """Return what is counted: the official data that is here, by the activities and in the form that the code has."""
    return f"{listings.editions()} {_form()}"


def _form() -> str:
    return f"{activities.version()}.{FORM}"


def data() -> Data | None:
    """Return what is the same for everybody, None where the clock has not counted it yet.

    A process unpacks it once for each time that it was counted. One quick query.
    """
    row = ExploringData.objects.values_list("pk", "editions").first()
    return _data(*row) if row and row[1].endswith(_form()) else None


@lru_cache(maxsize=1)
def _data(key: int, counted: str) -> Data | None:
    """The data of the row with that key; what it was counted from tells it from one that had the key before."""
    packed = ExploringData.objects.values_list("packed", flat=True).get(pk=key)
    if not packed:
        return None
    content = unpack(packed)
    candidates = tuple(map(Candidate._make, content.pop("candidates")))
    return Data(candidates, tuple(content.pop("editions")), **content)


def parts(like: Iterable[str], state: str) -> Parts:
    """Return what is counted for these choices, each an activity's or a group's slug, and a state. One query."""
    keys = {*like, state} - {""}
    rows = ExploringPart.objects.filter(key__in=keys).values_list("key", "packed") if keys else ()
    return joined({key: unpack(packed) for key, packed in rows}, like, state)


def joined(found: Mapping[str, Mapping[str, Any]], like: Iterable[str], state: str) -> Parts:
    """Return the Parts of these choices, out of what is kept by key."""
    tasks = {choice: found.get(choice, {}).get("tasks", {}) for choice in like}
    pay = {code: StatePay(*row) for code, row in found.get(state, {}).get("pay", {}).items()}
    return Parts(tasks, pay)
