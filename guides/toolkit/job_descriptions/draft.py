"""A job description as the form holds it, and what is wrong with it."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import packing, texts
from ..models import JobPhrase
from ..shown import Shown

LONGEST_SENTENCE = 500
MOST_PAY = 10_000_000

# Name, label, input type (empty for several lines), help.
FIELDS = [
    ("title", gettext_lazy("Job title"), "text", ""),
    ("level", gettext_lazy("Level"), "text", gettext_lazy("Such as: first post, senior, lead.")),
    ("employer", gettext_lazy("Employer"), "text", ""),
    ("city", gettext_lazy("Town"), "text", ""),
    ("region", gettext_lazy("State or region"), "text", ""),
    ("country", gettext_lazy("Country"), "text", gettext_lazy("Two letters, such as US.")),
    ("hours", gettext_lazy("Hours"), "text", gettext_lazy("Such as: 28 a week, two evenings, every other Saturday.")),
    ("pay_low", gettext_lazy("Pay, from"), "text", gettext_lazy("A whole number, such as 36000.")),
    ("pay_high", gettext_lazy("Pay, to"), "text", ""),
    ("currency", gettext_lazy("Currency"), "text", gettext_lazy("Three letters, such as USD.")),
    ("closes_on", gettext_lazy("Closing date"), "text", gettext_lazy("Year, month and day, such as 2027-01-31.")),
    ("about", gettext_lazy("About the job and the library"), "", gettext_lazy("Two or three sentences.")),
    ("apply", gettext_lazy("How to apply"), "", gettext_lazy("What to send, and where.")),
]  # fmt: skip
TYPES = [
    ("FULL_TIME", gettext_lazy("Full time")),
    ("PART_TIME", gettext_lazy("Part time")),
    ("TEMPORARY", gettext_lazy("Temporary")),
    ("VOLUNTEER", gettext_lazy("Volunteer")),
]
UNITS = [("YEAR", gettext_lazy("a year")), ("MONTH", gettext_lazy("a month")), ("HOUR", gettext_lazy("an hour"))]


@dataclass
class Line:
    """One sentence of the form: where it stands, and whether it is ticked."""

    part: str
    name: str
    text: str
    ticked: bool


@dataclass
class Posting:
    """The form as typed. `more` holds sentences that the person added, one a line, by part."""

    values: dict
    employment: str = "FULL_TIME"
    unit: str = "YEAR"
    lines: list = field(default_factory=list)
    more: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)

    def get(self, name):
        return self.values.get(name, "").strip()

    def part(self, part):
        """The sentences of that part that go into the job description."""
        ticked = [line.text.strip() for line in self.lines if line.part == part and line.ticked and line.text.strip()]
        return [*ticked, *texts.lines(self.more.get(part, ""))]

    @property
    def pay(self):
        """The pay range in whole units of the currency, as (from, to), each None where it is not given."""
        return self._number("pay_low"), self._number("pay_high")

    def _number(self, name):
        text = self.get(name).replace(",", "").replace(" ", "")
        return int(text) if text.isascii() and text.isdecimal() and int(text[:12]) <= MOST_PAY else None


def new(guide, offered):
    """Return the form to start with: the guide's title, and its duties and requirements ticked."""
    values = {"title": guide.title, "country": "US", "currency": "USD"}
    return Posting(values, lines=[Line(each.part, each.name, each.text, each.ticked) for each in offered])


def read(posted, offered):
    """Return the Posting that the form `posted` holds, with its faults."""
    posting = Posting({name: texts.clean(posted.get(name, "")) for name, *_rest in FIELDS})
    posting.employment = _choice(posted.get("employment"), TYPES)
    posting.unit = _choice(posted.get("unit"), UNITS)
    for each in offered:
        text = texts.clean(posted.get(f"text.{each.name}", each.text))
        posting.lines.append(Line(each.part, each.name, text, f"on.{each.name}" in posted))
    posting.more = {part: texts.clean(posted.get(f"more.{part}", "")) for part in JobPhrase.Part.values}
    _check(posting)
    if fault := packing.fault(posted):
        posting.faults[""] = fault
    return posting


def _choice(value, choices):
    """Return `value` where it is one of `choices`, else the first of them."""
    keys = [key for key, _label in choices]
    return value if value in keys else keys[0]


def _check(posting):
    """Add every fault of the form."""
    limits = {name: texts.LONGEST_LINE if kind else texts.LONGEST_TEXT for name, _label, kind, _help in FIELDS}
    for name, value in posting.values.items():
        _check_length(posting, name, value, limits[name])
    for line in posting.lines:
        _check_length(posting, f"text.{line.name}", line.text, LONGEST_SENTENCE)
    for part, value in posting.more.items():
        _check_length(posting, f"more.{part}", value, texts.LONGEST_TEXT)
    for name, value in zip(("pay_low", "pay_high"), posting.pay, strict=True):
        if posting.get(name) and value is None:
            posting.faults[name] = _("Write a whole number without cents, such as 36000.")
    low, high = posting.pay
    if low is not None and high is not None and low > high:
        posting.faults["pay_high"] = _("This is below where the pay begins: swap the two.")
    if posting.get("closes_on") and not _is_day(posting.get("closes_on")):
        posting.faults["closes_on"] = _("Write a day as year, month and day, such as 2027-01-31.")
    for name, length, example in [("country", 2, "US"), ("currency", 3, "USD")]:
        text = posting.get(name)
        if text and not (len(text) == length and text.isascii() and text.isupper() and text.isalpha()):
            posting.faults[name] = _("Write %(count)d capital letters, such as %(example)s.") % {
                "count": length, "example": example,
            }  # fmt: skip


def _is_day(text):
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _check_length(posting, name, value, most):
    if len(value) > most:
        posting.faults[name] = _("Keep it under %(most)d characters: you wrote %(count)d.") % {
            "most": most, "count": len(value),
        }  # fmt: skip


def shown_fields(posting):
    """The form's fields, in order."""
    return [
        Shown(name, label, posting.values.get(name, ""), help, posting.faults.get(name, ""), kind, 4)
        for name, label, kind, help in FIELDS
    ]
