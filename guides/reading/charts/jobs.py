"""Jobs then and now, and why there are openings: who leaves, who changes occupation, less what is not filled again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...models import Figure, Observation
from .bars import Bar, bar

SPAN = re.compile(r"(?P<first>\d{4})[-–](?P<last>\d{2,4})")
Measure = Figure.Measure


@dataclass(frozen=True)
class Jobs:
    """Jobs in the first and the last year of a projection, and a year's openings between; all of the same codes."""

    now: Observation
    then: Observation
    first_year: int
    last_year: int
    openings: Observation | None
    exits: Observation | None
    transfers: Observation | None
    # The change that the source publishes. Jobs are rounded, so in a small occupation their difference may be another.
    published_change: Observation | None = None

    @property
    def change(self) -> int:
        """How many more jobs there are at the end, below zero where there are fewer."""
        if self.published_change is not None and self.published_change.value is not None:
            return self.published_change.value
        return (self.then.value or 0) - (self.now.value or 0)

    @property
    def change_a_year(self) -> int:
        """The change in jobs as a yearly average."""
        return round(self.change / (self.last_year - self.first_year))

    @property
    def lost_a_year(self) -> int:
        """How many jobs a year are not filled again; zero where jobs grow."""
        return max(-self.change_a_year, 0)

    @property
    def new_a_year(self) -> int:
        return max(self.change_a_year, 0)

    @property
    def leavers(self) -> int:
        """How many people leave the occupation in a year."""
        return (self.exits.value or 0) + (self.transfers.value or 0) if self.exits and self.transfers else 0

    @property
    def _most(self) -> int:
        return max(self.now.value or 0, self.then.value or 0)

    @property
    def now_bar(self) -> Bar | None:
        return bar(0, self.now.value, self._most)

    @property
    def then_bar(self) -> Bar | None:
        return bar(0, self.then.value, self._most)

    @property
    def lost_bar(self) -> Bar | None:
        """What is there now and will not be then."""
        return bar(self.then.value, self.now.value, self._most) if self.change < 0 else None

    @property
    def _flow(self) -> int:
        return self.leavers + self.new_a_year

    @property
    def exits_bar(self) -> Bar | None:
        return bar(0, self.exits.value, self._flow) if self.exits else None

    @property
    def transfers_bar(self) -> Bar | None:
        return bar(self.exits.value, self.leavers, self._flow) if self.exits else None

    @property
    def new_bar(self) -> Bar | None:
        return bar(self.leavers, self._flow, self._flow) if self.new_a_year else None

    @property
    def open_bar(self) -> Bar | None:
        return bar(0, self._flow - self.lost_a_year, self._flow)

    @property
    def not_filled_bar(self) -> Bar | None:
        return bar(self._flow - self.lost_a_year, self._flow, self._flow) if self.lost_a_year else None

    @property
    def origins(self) -> list[Observation]:
        """One observation for each source and period that the chart draws on."""
        whole = [observation for observation in (self.then, self.exits) if observation]
        return list({(each.source.short_name, each.period): each for each in whole}.values())


def jobs(figures: Iterable[Figure], code: str) -> Jobs | None:
    """Return the Jobs that `figures` make, for the occupation `code` alone where they have it; None where they do not.

    Two figures of jobs make a pair: one of a year, and one for the end of a span that begins with that year.
    """
    figures = [figure for figure in figures if figure.leading and figure.leading.value is not None]
    for figure in sorted(figures, key=lambda figure: figure.occupation_codes != code):
        then = figure.leading
        span = SPAN.fullmatch(then.period) if then and figure.measure == Measure.EMPLOYMENT else None
        if not (then and span):
            continue
        same = [other for other in figures if other.occupation_codes == figure.occupation_codes]
        now = next((each for each in _leading(same, Measure.EMPLOYMENT) if each.period == span["first"]), None)
        if now is None or not now.value:
            continue
        flows = {
            measure: next((each for each in _leading(same, measure) if each.period == then.period), None)
            for measure in (Measure.OPENINGS, Measure.EXITS, Measure.TRANSFERS)
        }
        counted = (figure for figure in same if figure.unit == Figure.Unit.COUNT)
        change = next((each for each in _leading(counted, Measure.CHANGE) if each.period == then.period), None)
        first = int(span["first"])
        last = int(f"{first}"[: 4 - len(span["last"])] + span["last"])
        if last <= first:
            continue
        leavers = flows[Measure.EXITS], flows[Measure.TRANSFERS]
        return Jobs(now, then, first, last, flows[Measure.OPENINGS], *leavers, change)
    return None


def _leading(figures: Iterable[Figure], measure: str) -> list[Observation]:
    return [figure.leading for figure in figures if figure.measure == measure and figure.leading]
