"""What the templates of both checks use: sums of money whose ends may not be known, answers out of exercises."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from guides import formats

from .. import results
from ..check import CheckResult
from ..from_exercises import ShownAnswer, offers
from ..models import KeptResult
from ..skills_gap import GapResult

register = template.Library()


@register.simple_tag
def cost_range(low: int | None, high: int | None) -> str:
    """Return a sum in US dollars: '$500–$3,000', '$5,714 or more'; words where neither end is known."""
    if low is None and high is None:
        return _("not known")
    if high is None:
        return _("%(sum)s or more") % {"sum": formats.money(low)}
    return formats.money(low, high)


@register.simple_tag
def answers_shown_by(skills: list[str], level: int) -> list[ShownAnswer]:
    """What someone may answer in a readiness check who did an item of that level, of an exercise in these skills."""
    return offers(skills, level)


@register.simple_tag
def results_with_arithmetic(kept: Sequence[KeptResult]) -> list[tuple[KeptResult, GapResult | CheckResult | None]]:
    """Each kept result, and what it adds up from; None where its guide is not live."""
    return results.read_all(kept)
