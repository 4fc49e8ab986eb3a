"""What a job pays in the state that a question names, as the wage survey says it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from guides.datasets import pay_by_state
from guides.datasets.areas import BY_NAME
from guides.models import Listing

from .passages import Body, FigureShown, Passage, SourceLine
from .questions import Question

# The intents that a figure of a state answers, and those that ask for it by the hour.
PAY = frozenset(["pay", "pay-state", "hourly", "living"])
HOURLY = "hourly"
# Words that say it is pay that is asked for, where no turn of phrase does.
OF_PAY = frozenset(
    "pay pays paid paying salary salaries wage wages earn earns earning make makes making income".split()
)
# Words of sums that are no pay of a job.
NO_PAY = frozenset(["minimum", "unemployment", "benefit", "benefits", "tax", "taxes", "rent"])


def is_asked(question: Question) -> bool:
    """Whether a question asks, in words that say so, what is paid in a state: it may name one for much else."""
    if not NO_PAY.isdisjoint(question.said):
        return False
    says_so = not OF_PAY.isdisjoint(question.said)
    asked = (wanted.intent.slug in PAY for wanted in question.wanted if wanted.is_said or says_so)
    return bool(question.states) and any(asked)


def of_body(body: Body, question: Question) -> Passage | None:
    """Return the pay of a guide's job or an occupation in the state named, None where none is published.

    Two queries, and one more for a guide.
    """
    code = body.key[:7]
    if body.is_guide:
        code = Listing.objects.filter(slug=body.key).values_list("occupation_code", flat=True).first() or ""
    wages = pay_by_state.by_state(code)
    state = BY_NAME[question.states[0].casefold()]
    wage = wages.of(state.slug) if wages else None
    if wages is None or wage is None or not wage.value:
        return None
    is_hourly = bool(wage.hourly) and any(wanted.intent.slug == HOURLY for wanted in question.wanted)
    label = _("Mean pay in %(state)s") if wages.is_mean else _("Median pay in %(state)s")
    label = label % {"state": state.name}
    note = _("%(title)s. The nation in the same survey: %(nation)s a year.") % {
        "title": wages.title,
        "nation": wages.nation_says,
    }
    figure = FigureShown(
        label,
        wage.hourly if is_hourly else wage.says,
        _("an hour") if is_hourly else _("a year"),
        note if wages.nation_says else f"{wages.title}.",
    )
    address = reverse("datasets:state_pay", args=[body.key, state.slug]) if body.is_guide else f"{body.address}#states"
    source = SourceLine("BLS OEWS", wages.dataset.edition, address)
    return Passage("pay-state", label, address, figure.amount, label, "figure", (source,), figure, "pay:state")
