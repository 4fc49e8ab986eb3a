"""The dates of a plan: what is to be done, what was done, and what happens by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from .items import PlanItem


@dataclass(frozen=True)
class PlanDate:
    """One date of a plan. An `action` is for the person to do, and overdue once its day has passed undone.

    `done` is what the person did on that day; `moot` what nobody has to do any more, such as a closing date after
    applying: its day may still be to come.
    """

    on: date
    text: str
    item: "PlanItem"
    field: str
    action: bool = False
    done: bool = False
    moot: bool = False
    # What a proof-of-search record calls it; empty for what is no evidence of searching.
    evidence: str = ""
    # What it is beside its item, whose name `text` says too.
    label: str = ""
    # The hour, where the day is known so well, as clocks show it at the place where it is.
    at: time | None = None
    # What happens then, where items of two kinds may tell of it: see once_each.
    event: str = ""

    @property
    def days(self) -> int:
        """Days from today: negative for the past."""
        return (self.on - timezone.localdate()).days

    @property
    def open(self) -> bool:
        """Whether the person still has something to do."""
        return self.action and not self.done and not self.moot

    @property
    def overdue(self) -> bool:
        return self.open and self.days < 0

    @property
    def is_next(self) -> bool:
        """Whether it is something that an application waits for: what the person has to do, or an interview to come."""
        return self.open or not (self.action or self.done or self.moot or self.days < 0)

    @property
    def happened(self) -> bool:
        """Whether the person did it. A day that is still to come is a plan, whatever it is the day of."""
        return self.done and self.days <= 0

    @property
    def past(self) -> bool:
        """Whether it asks for nothing more: it is done, its day is over, or nobody has to do it."""
        return not self.overdue and (self.moot or self.happened or self.days < 0)


def once_each(dates: Iterable[PlanDate]) -> list[PlanDate]:
    """Return the dates soonest first; of an event that two kinds of items tell of, as the later of them tells it."""
    rows = list(dates)
    last = {dated.event: dated for dated in rows if dated.event}
    kept = [dated for dated in rows if not dated.event or type(last[dated.event].item) is type(dated.item)]
    return sorted(kept, key=lambda dated: (dated.on, dated.at or time.max, dated.text))
