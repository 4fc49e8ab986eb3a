"""What the wage survey says of one occupation in each state and territory, against the nation of the same survey."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import quantiles

from django.db.models import Exists, OuterRef

from guides import formats
from guides.models import Listing

from .areas import BY_CODE, STATES, State
from .models import Area, Dataset, WageEstimate

MEAN, MEDIAN = "annual_mean", "annual_median"
# How many shades the picture has, and to what their limits are rounded.
BANDS, ROUNDED = 5, 1_000


@dataclass(frozen=True)
class StateWage:
    """One state: its estimate, None where the survey has no row, and the band that its pay falls into, from 1.

    `column` is the number that states are compared by, `nation` the nation's of the same survey or None.
    """

    state: State
    estimate: WageEstimate | None
    column: str
    nation: int | None
    band: int | None

    @property
    def value(self) -> int | None:
        """Its pay a year in USD, None where the survey publishes none."""
        return getattr(self.estimate, self.column, None)

    @cached_property
    def says(self) -> str:
        """Its pay a year as readers see it; empty where the survey has no row."""
        return self.estimate.says(self.column) if self.estimate else ""

    @property
    def hourly(self) -> str:
        """The same by the hour."""
        return self.estimate.says(self.column.replace("annual", "hourly")) if self.estimate else ""

    @property
    def jobs(self) -> str:
        return self.estimate.says("employment") if self.estimate else ""

    @property
    def percent(self) -> float | None:
        """By how much it differs from the nation, in percent."""
        return 100 * (self.value / self.nation - 1) if self.value and self.nation else None


@dataclass(frozen=True)
class PayByState:
    """An occupation's pay in every state and territory, by name; all of it of one edition of the survey."""

    code: str
    title: str
    dataset: Dataset
    nation: WageEstimate | None
    column: str
    limits: Sequence[int]
    states: Sequence[StateWage]

    @property
    def is_mean(self) -> bool:
        """Whether states are compared by means, because this edition has no medians of them."""
        return self.column == MEAN

    @property
    def nation_says(self) -> str:
        return self.nation.says(self.column) if self.nation else ""

    @property
    def has_jobs(self) -> bool:
        return any(wage.jobs for wage in self.states)

    @property
    def has_gaps(self) -> bool:
        """Whether the survey publishes no pay for one of them."""
        return len(self.known) < len(self.states)

    @property
    def known(self) -> list[StateWage]:
        """The states whose pay is published, the best paid first."""
        return sorted((wage for wage in self.states if wage.value), key=lambda wage: -(wage.value or 0))

    @property
    def legend(self) -> list[str]:
        """What each band holds, in words."""
        limits = [formats.money(limit) for limit in self.limits]
        if not limits:
            return []
        middle = [f"{low}{formats.DASH}{high}" for low, high in pairwise(limits)]
        return [f"< {limits[0]}", *middle, f"{limits[-1]}+"]

    def of(self, slug: str) -> StateWage | None:
        """The state of that address, None where there is no such state."""
        return next((wage for wage in self.states if wage.state.slug == slug), None)

    def rank(self, wage: StateWage) -> int:
        """How many states pay more than this one, plus one."""
        return 1 + sum((other.value or 0) > (wage.value or 0) for other in self.states)

    def by_pay(self) -> list[StateWage]:
        """All states, the best paid first, those without pay last by name."""
        return [*self.known, *(wage for wage in self.states if not wage.value)]


def exists(code: str) -> bool:
    """Whether any edition has the occupation's pay by state. One query."""
    return WageEstimate.objects.of(code).in_states().exists()


def guides() -> list[str]:
    """The slugs of the live guides whose pay by state is known. One query."""
    known = WageEstimate.objects.in_states().filter(code=OuterRef("occupation_code"))
    known = known.filter(dataset__in=Dataset.objects.installed())
    return list(Listing.objects.filter(Exists(known)).values_list("slug", flat=True))


def by_state(code: str) -> PayByState | None:
    """Return the newest edition's PayByState of an occupation code, None where none has it. Two queries."""
    edition = WageEstimate.objects.of(code).in_states().newest_edition()
    if edition is None:
        return None
    kinds = (Area.Kind.NATION, Area.Kind.STATE, Area.Kind.TERRITORY)
    rows = WageEstimate.objects.of(code).filter(area__kind__in=kinds, dataset=edition)
    return of_rows(code, edition, list(rows))


def of_rows(code: str, edition: Dataset, rows: Sequence[WageEstimate]) -> PayByState:
    """Return what these rows of one edition, the nation's and those of states, say of an occupation code."""
    nation = next((row for row in rows if row.area.kind == Area.Kind.NATION), None)
    estimates = {row.area.code: row for row in rows if row.area.code in BY_CODE}
    column = MEDIAN if any(row.annual_median for row in estimates.values()) else MEAN
    limits = band_limits(getattr(row, column) for row in estimates.values())
    whole = getattr(nation, column, None)
    states = [
        StateWage(state, row, column, whole, band(getattr(row, column, None), limits))
        for state in sorted(STATES, key=lambda state: state.name)
        for row in [estimates.get(state.code)]
    ]
    return PayByState(code, rows[0].title, edition, nation, column, limits, states)


def band_limits(values: Iterable[int | None]) -> list[int]:
    """Return where each band but the first begins, so that each holds about as many states; none for too few."""
    known = sorted(value for value in values if value)
    if len(known) < 2 * BANDS:
        return []
    return sorted({round(limit / ROUNDED) * ROUNDED for limit in quantiles(known, n=BANDS)})


def band(value: int | None, limits: Sequence[int]) -> int | None:
    """Return the band of a value, from 1; None where there is no value."""
    return None if value is None else 1 + sum(value >= limit for limit in limits)
