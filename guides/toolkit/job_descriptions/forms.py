"""The form of a job description: facts, and for each part sentences to tick and reword."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BooleanField, BoundField, ChoiceField, Textarea
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import Guide

from .. import dates
from ..forms import LineField, TextField, WholeForm, cleaned
from ..models import JobPhrase
from .draft import TYPES, UNITS, JobDescription, TickedLine, as_pay
from .phrases import Phrase

LONGEST_SENTENCE = 500
PARTS = [
    (JobPhrase.Part.DUTY, gettext_lazy("Duties")),
    (JobPhrase.Part.REQUIREMENT, gettext_lazy("Requirements")),
    (JobPhrase.Part.PREFERRED, gettext_lazy("Preferred, not required")),
    (JobPhrase.Part.OFFER, gettext_lazy("What you offer")),
]


FACTS = [
    (
        "post",
        gettext_lazy("The post"),
        ("title", "level", "employer", "city", "region", "country", "employment", "hours"),
    ),
    ("pay", gettext_lazy("Pay and closing date"), ("pay_low", "pay_high", "currency", "unit", "closes_on")),
    ("about", gettext_lazy("In a few words"), ("about", "apply")),
]


@dataclass(frozen=True)
class OfferedPart:
    """A part of a job description: sentences, each a tick and its wording, and the field for more of them."""

    key: str
    label: str
    lines: list[tuple[BoundField, BoundField]]
    more: BoundField


def check_pay(text: str) -> None:
    """Raise ValidationError for what is no sum of money."""
    if text.strip() and as_pay(text) is None:
        raise ValidationError(_("Write one sum, such as 36,000 or 18.50; choose below what it is for."))


def check_day(text: str) -> None:
    """Raise ValidationError for what is no day that exists, however it is written."""
    if text.strip() and len(dates.read(text)) < len("2027-01-31"):
        raise ValidationError(_("We cannot read this day. Write it such as January 31, 2027."))


def capitals(count: int, example: str) -> Callable[[str], None]:
    """Return what refuses everything but `count` capital letters."""

    def check(text: str) -> None:
        if text.strip() and not re.fullmatch(rf"[A-Z]{{{count}}}", text.strip()):
            words = {"count": count, "example": example}
            raise ValidationError(_("Write %(count)d capital letters, such as %(example)s.") % words)

    return check


class JobDescriptionForm(WholeForm):
    """The facts of a post, and the sentences offered for it: each a tick and its wording."""

    title = LineField(gettext_lazy("Job title"))
    level = LineField(gettext_lazy("Level"), help_text=gettext_lazy("Such as: first post, senior, lead."))
    employer = LineField(gettext_lazy("Employer"))
    city = LineField(gettext_lazy("Town"))
    region = LineField(gettext_lazy("State or region"))
    country = LineField(
        gettext_lazy("Country"), help_text=gettext_lazy("Two letters, such as US."), validators=[capitals(2, "US")]
    )
    employment = ChoiceField(label=gettext_lazy("Kind of employment"), choices=TYPES, required=False)
    hours = LineField(
        gettext_lazy("Hours"), help_text=gettext_lazy("Such as: 28 a week, two evenings, every other Saturday.")
    )
    pay_low = LineField(
        gettext_lazy("Pay, from"), help_text=gettext_lazy("Such as 36,000, or 18.50 an hour."), validators=[check_pay]
    )
    pay_high = LineField(gettext_lazy("Pay, to"), validators=[check_pay])
    currency = LineField(
        gettext_lazy("Currency"), help_text=gettext_lazy("Three letters, such as USD."), validators=[capitals(3, "USD")]
    )
    unit = ChoiceField(label=gettext_lazy("The pay is"), choices=UNITS, required=False)
    closes_on = LineField(
        gettext_lazy("Closing date"),
        help_text=gettext_lazy("Such as January 31, 2027."),
        validators=[check_day],
    )
    about = TextField(
        gettext_lazy("About the job and the library"), rows=4, help_text=gettext_lazy("Two or three sentences.")
    )
    apply = TextField(gettext_lazy("How to apply"), rows=4, help_text=gettext_lazy("What to send, and where."))

    def __init__(self, sent: QueryDict | Mapping[str, str], offered: Iterable[Phrase]) -> None:
        sent = cleaned(sent)
        data = sent.copy()
        self.phrases = list(offered)
        for name, choices in (("employment", TYPES), ("unit", UNITS)):
            if data.get(name) not in dict(choices):
                data[name] = choices[0][0]
        for phrase in self.phrases:
            # Sentences that the guide has had only since are offered as they are there.
            data.setdefault(f"text.{phrase.name}", phrase.text)
        super().__init__(data, sent)
        for phrase in self.phrases:
            quoted = Truncator(str(data[f"text.{phrase.name}"])).chars(80)
            tick = BooleanField(label=f"{_('Use:')} {quoted}", required=False)
            tick.widget.attrs = {"value": "1", "aria-label": tick.label}
            wording = LineField(_("Wording"), max_length=LONGEST_SENTENCE, widget=Textarea)
            wording.widget.attrs = {"rows": 2, "aria-label": wording.label}
            self.fields |= {f"on.{phrase.name}": tick, f"text.{phrase.name}": wording}
        for part in JobPhrase.Part.values:
            self.fields[f"more.{part}"] = TextField(_("More, one a line"))

    @classmethod
    def new(cls, guide: Guide, offered: list[Phrase]) -> "JobDescriptionForm":
        """Return the form to start with: the guide's title, and its duties and requirements ticked."""
        ticked = {f"on.{phrase.name}": "1" for phrase in offered if phrase.ticked}
        return cls({"title": guide.title, "country": "US", "currency": "USD", **ticked}, offered)

    def facts(self) -> Iterator[tuple[str, Any, list[BoundField]]]:
        """Each group of fields about the post: its key, its name, its fields."""
        for key, label, names in FACTS:
            yield key, label, [self[name] for name in names]

    def parts(self) -> Iterator[OfferedPart]:
        """Each part of the job description."""
        for part, label in PARTS:
            names = [phrase.name for phrase in self.phrases if phrase.part == part]
            lines = [(self[f"on.{name}"], self[f"text.{name}"]) for name in names]
            yield OfferedPart(str(part), str(label), lines, self[f"more.{part}"])

    @property
    def job_description(self) -> JobDescription:
        """The job description as it was typed."""
        lines = [
            TickedLine(each.part, each.name, self.typed(f"text.{each.name}"), f"on.{each.name}" in self.data)
            for each in self.phrases
        ]
        more = {part: self.typed(f"more.{part}") for part in JobPhrase.Part.values}
        values = {name: self.typed(name) for name in self.base_fields}
        return JobDescription(values, values["employment"], values["unit"], lines, more)

    def clean(self) -> None:
        super().clean()
        low, high = (as_pay(self.typed(name)) for name in ("pay_low", "pay_high"))
        if low is not None and high is not None and low > high:
            self.add_error("pay_high", _("This is below where the pay begins: swap the two."))
