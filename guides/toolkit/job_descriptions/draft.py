"""A job description as it is typed."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy

from guides import sums

from .. import texts

MOST_PAY = 10_000_000

TYPES = [
    ("FULL_TIME", gettext_lazy("Full time")),
    ("PART_TIME", gettext_lazy("Part time")),
    ("TEMPORARY", gettext_lazy("Temporary")),
    ("VOLUNTEER", gettext_lazy("Volunteer")),
]
UNITS = [("YEAR", gettext_lazy("a year")), ("MONTH", gettext_lazy("a month")), ("HOUR", gettext_lazy("an hour"))]


@dataclass
class TickedLine:
    """One sentence of the form: where it stands, and whether it is ticked."""

    part: str
    name: str
    text: str
    ticked: bool


@dataclass
class JobDescription:
    """The form as typed. `more` holds sentences that the person added, one a line, by part."""

    values: dict[str, str]
    employment: str = "FULL_TIME"
    unit: str = "YEAR"
    lines: list[TickedLine] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def part(self, part: str) -> list[str]:
        """The sentences of that part that go into the job description."""
        ticked = [line.text.strip() for line in self.lines if line.part == part and line.ticked and line.text.strip()]
        return [*ticked, *texts.lines(self.more.get(part, ""))]

    @property
    def pay(self) -> tuple[Decimal | None, Decimal | None]:
        """The pay range as (from, to), each None where it is not given; both None where one of them is wrong."""
        typed = self.get("pay_low"), self.get("pay_high")
        low, high = as_pay(typed[0]), as_pay(typed[1])
        is_unread = bool(typed[0] and low is None) or bool(typed[1] and high is None)
        is_swapped = low is not None and high is not None and low > high
        return (None, None) if is_unread or is_swapped else (low, high)


def as_pay(text: str) -> Decimal | None:
    """Return a sum of money, with cents where it has some; None for what is none."""
    value = sums.read(text)
    return value if value is not None and value <= MOST_PAY else None
