"""What a reader looks for in the openings: the query string of the list, as a form."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.datasets.state_field import StateField
from guides.forms import QuickSelect, ReaderForm
from guides.models import Listing
from guides.search.words import stems

from . import paging, pay
from .models import Posting
from .pay import Pay

MILES = 25
MOST_WORDS = 8
SORTS = {"newest": gettext_lazy("Newest first"), "closing": gettext_lazy("Closing soonest")}
ANY = ("", gettext_lazy("Any"))


class OpeningsForm(ReaderForm):
    """The query string of the list: what is looked for, where, and under which conditions; sorting and the page."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("All of them are looked for in title, employer, department and place: library page."),
    )
    guide = forms.ChoiceField(label=gettext_lazy("Job"), required=False, widget=QuickSelect)
    occupation = forms.CharField(required=False, validators=[RegexValidator(r"^\d\d-\d{4}$")], widget=forms.HiddenInput)
    state = StateField(label=gettext_lazy("State"), none=ANY[1], widget=QuickSelect)
    near = forms.CharField(
        label=gettext_lazy("Near"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A city and its state, such as: Dayton, OH."),
    )
    miles = forms.ChoiceField(
        label=gettext_lazy("Within"),
        required=False,
        widget=QuickSelect,
        choices=[(str(miles), gettext_lazy("%d miles") % miles) for miles in (10, 25, 50, 100)],
    )
    hours = forms.ChoiceField(
        label=gettext_lazy("Hours"), required=False, choices=[ANY, *Posting.Hours.choices], widget=QuickSelect
    )
    remote = forms.ChoiceField(
        label=gettext_lazy("Remote"), required=False, choices=[ANY, *Posting.Remote.choices], widget=QuickSelect
    )
    least = forms.CharField(
        label=gettext_lazy("Pay at least"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("An hour or a year, as you count: $17 an hour, or 36,000 a year."),
    )
    pay = forms.BooleanField(label=gettext_lazy("Pay is stated"), required=False)
    closing = forms.BooleanField(label=gettext_lazy("Closes within a week"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), choices=list(SORTS.items()), required=False)
    after = paging.PositionField()
    before = paging.PositionField()

    FILTERS = ("q", "guide", "occupation", "state", "near", "hours", "remote", "least", "pay", "closing")
    # As a page draws them.
    DRAWN = ("q", "guide", "state", "near", "miles", "hours", "remote", "least", "pay", "closing")
    # What a person types, and is asked to mend; all else no page sends.
    TYPED = frozenset(["least", "q"])

    def __init__(self, data: QueryDict, guides: Sequence[Listing]) -> None:
        # A bound form shows what was sent: without this the first of the miles, and not those that count.
        sent = data.copy()
        if not sent.get("miles"):
            sent["miles"] = str(MILES)
        super().__init__(sent)
        field = cast(forms.ChoiceField, self.fields["guide"])
        field.choices = [ANY, *((listing.slug, listing.title) for listing in guides)]

    def clean_q(self) -> str:
        """The words with one space between, each of which is looked for."""
        # A saved search has no tilde in its address.
        said = " ".join(str(self.cleaned_data["q"]).replace("~", " ").split())
        count = len(set(stems(said)))
        if "\x00" in said or (said and not count):
            raise ValidationError(_("Give a word to look for, such as: library."))
        if count > MOST_WORDS:
            raise ValidationError(_("Give %(most)d words at most.") % {"most": MOST_WORDS})
        return said

    def clean_near(self) -> str:
        """A place that an opening gives degrees for: nothing here looks places up elsewhere."""
        near = " ".join(str(self.cleaned_data["near"]).split())
        if "\x00" in near:
            raise ValidationError(_("This holds a sign that no place has."))
        return near

    def clean_least(self) -> str:
        """The sum in one form of words, such as '$17 an hour'."""
        said = str(self.cleaned_data["least"]).strip()
        least = pay.stated(said) if said else None
        if said.startswith(("-", "–", "−")) or (least and least.low != least.high):
            raise ValidationError(_("Give one sum, the least that you would take, such as $17 an hour."))
        if said and least is None:
            raise ValidationError(_("Give a sum and what it is for, such as $17 an hour, or 36,000 a year."))
        return pay.in_words(least.low, None, least.unit) if least else ""

    @property
    def floor(self) -> Pay | None:
        """The least pay that is looked for."""
        return pay.stated(self.cleaned_data.get("least", ""))

    def is_narrowed(self) -> bool:
        """Whether anything is looked for in particular."""
        return any(self.cleaned_data[name] for name in self.FILTERS)

    def in_words(self) -> str:
        """What is looked for, as a person would say it, but for the occupation; '' where all openings are."""
        chosen = self.cleaned_data
        said = [f"“{chosen['q']}”"] if chosen["q"] else []
        said += [self._choice(name) for name in ("guide", "state", "hours", "remote") if chosen[name]]
        if chosen["near"]:
            said.append(_("within %(miles)s miles of %(place)s") % {"miles": chosen["miles"], "place": chosen["near"]})
        if chosen["least"]:
            said.append(_("pay of at least %(sum)s") % {"sum": chosen["least"]})
        said += [str(self.fields[name].label).lower() for name in ("pay", "closing") if chosen[name]]
        return ", ".join(said)

    def _choice(self, name: str) -> str:
        choices: dict[Any, Any] = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(self.cleaned_data[name], self.cleaned_data[name]))

    def drawn(self) -> list[Any]:
        """The fields that a page draws."""
        return [self[name] for name in self.DRAWN]
