"""What the templates of both checks use: sums of money whose ends may not be known."""

from django import template
from django.utils.translation import gettext as _

from guides import formats

register = template.Library()


@register.simple_tag
def cost_range(low: int | None, high: int | None) -> str:
    """Return a sum in US dollars: '$500–$3,000', '$5,714 or more'; words where neither end is known."""
    if low is None and high is None:
        return _("not known")
    if high is None:
        return _("%(sum)s or more") % {"sum": formats.money(low)}
    return formats.money(low, high)
