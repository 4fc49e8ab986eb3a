"""The questions: each optional, each once; what an address holds that no page sends is refused in words."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.datasets.state_field import StateField
from guides.forms import OneChoiceField, ReaderForm
from guides.sums import MOST_DIGITS, SUM

from . import activities
from .answers import HOURS, Answers, Body, Company, School, Start

# The questions of each step on a phone.
STEPS = (("like",), ("company",), ("body",), ("school",), ("start",), ("earn", "state"))
# What a choice holds that is none.
ANY = "any"
MOST_LIKED = 20
# Pay below this is not a year's.
LEAST_A_YEAR, MOST_A_YEAR = 1_000, 1_000_000
AMOUNT = re.compile(
    SUM
    + r"""
    \s*(?:(?:/|an?\b|per\b)?\s*(?:(?P<hourly>hour|hourly|hr|h)|year|yearly|yr|annum)\.?)?""",
    re.IGNORECASE | re.VERBOSE,
)


class LikedField(forms.MultipleChoiceField):
    """Activities, and groups of them, each chosen at most once."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: list[str]) -> None:
        unknown = next((each for each in value if each not in activities.labels()), None)
        if unknown is not None:
            text = _("“%(value)s” in the address is nothing that can be chosen here. Choose from the list.")
            raise ValidationError(text % {"value": unknown[:40]}, code="invalid_choice")
        if len(set(value)) > MOST_LIKED:
            text = ngettext(
                "Choose at most %(count)d thing: the more there are, the less each tells.",
                "Choose at most %(count)d things: the more there are, the less each tells.",
                MOST_LIKED,
            )
            raise ValidationError(text % {"count": MOST_LIKED}, code="too_many")


class EitherField(OneChoiceField):
    """A choice among a few, or none of them: `any`, which stands first."""

    def __init__(self, either: Any, choices: Any, **kwargs: Any) -> None:
        messages = {
            "repeated": gettext_lazy("Two answers exclude each other here. Choose one, or that it does not matter."),
            "invalid_choice": gettext_lazy("“%(value)s” is not one of the answers. Choose one of these."),
        }
        kwargs |= {"required": False, "error_messages": messages, "initial": ANY}
        super().__init__(choices=[(ANY, either), *choices], **kwargs)

    def clean(self, value: list[str]) -> str:
        chosen = super().clean([each for each in dict.fromkeys(value or []) if each])
        return "" if chosen in (None, ANY) else str(chosen)


class AmountField(forms.CharField):
    """A sum of dollars a year as people write it: 45000, $45,000, 45k; or an hour, of which a year has 2,080: 17/hr."""

    def clean(self, value: Any) -> int | None:
        text = " ".join(str(value or "").split())
        if not text:
            return None
        match = AMOUNT.fullmatch(text)
        if match is None:
            raise ValidationError(
                _("Give whole dollars a year, such as 45000, or an hour, such as $17 an hour."), code="invalid"
            )
        digits = match["whole"].replace(",", "").lstrip("0")[:MOST_DIGITS]
        amount = int(digits or "0") * (1_000 if match["thousands"] else 1)
        if match["hourly"]:
            amount = amount * HOURS + int((match["cents"] or "").ljust(2, "0")) * HOURS // 100
        if 0 < amount < LEAST_A_YEAR:
            text = _("That is little for a year. If it is dollars an hour, write %(amount)s: a year has 2,080 hours.")
            raise ValidationError(text % {"amount": f"{amount * HOURS:,}"}, code="hourly")
        if amount > MOST_A_YEAR:
            raise ValidationError(_("Give at most 1,000,000 dollars a year."), code="too_much")
        return amount or None


class ExploreForm(ReaderForm):
    """All questions; each may be left out."""

    like = LikedField(label=gettext_lazy("What do you like doing?"), required=False)
    company = EitherField(
        gettext_lazy("Either"),
        Company.choices,
        label=gettext_lazy("With people, or by yourself?"),
        help_text=gettext_lazy(
            "“With people” leaves out jobs in which fewer than one task in ten is talking with, helping, selling to, "
            "teaching or advising others; “few tasks with people” leaves out all the others."
        ),
    )
    body = EitherField(
        gettext_lazy("Either"),
        Body.choices,
        label=gettext_lazy("Manual work, or little of it?"),
        help_text=gettext_lazy(
            "No survey of how long people sit is at hand. What is: how many of a job’s tasks O*NET counts as physical "
            "and manual work, driving among them. “On the move” is one in ten or more, “little manual work” fewer. "
            "It does not say whether you stand or walk: a nurse’s rounds are not in it. "
            "Ask before you count on a chair."
        ),
    )
    school = EitherField(
        gettext_lazy("It does not matter"),
        School.choices,
        label=gettext_lazy("How long can you go to school for it?"),
        help_text=gettext_lazy(
            "Before the first day. Training on the job and apprenticeships are paid, and do not count here."
        ),
    )
    start = EitherField(
        gettext_lazy("Neither"),
        Start.choices,
        label=gettext_lazy("Are you just starting out?"),
        help_text=gettext_lazy(
            "Then only jobs are shown that typically ask for no experience; without a diploma, those that ask for none "
            "and are learned within a month, and what they lead to."
        ),
    )
    earn = AmountField(
        label=gettext_lazy("What do you need to earn?"),
        help_text=gettext_lazy(
            "Dollars before tax, a year (45000) or an hour ($17 an hour, which is taken for 2,080 hours a year)."
        ),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    state = StateField(
        label=gettext_lazy("In which state?"),
        none=gettext_lazy("Any state"),
        help_text=gettext_lazy(
            "Then about what is paid there is shown, where it is published, and has to reach what you need as well."
        ),
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="explore-%s")

    def clean_like(self) -> tuple[str, ...]:
        """What is liked, in the order of the groups; with a whole group its own activities say nothing more."""
        chosen = set(self.cleaned_data["like"])
        return tuple(
            each
            for each in activities.labels()
            if each in chosen and (each == activities.group_of(each) or activities.group_of(each) not in chosen)
        )

    def clean(self) -> None:
        for name in ("earn", "state"):
            if isinstance(self.data, QueryDict) and len({each for each in self.data.getlist(name) if each}) > 1:
                self.add_error(name, _("Two answers exclude each other here. Give one."))

    @property
    def answers(self) -> Answers:
        """The answers of a valid form."""
        return Answers(**{name: self.cleaned_data[name] for name in self.fields})

    @property
    def chosen(self) -> set[str]:
        """What is liked as it was sent, for the boxes that are ticked."""
        return set(self["like"].value() or [])
