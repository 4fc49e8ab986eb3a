"""How many openings there are for what a page is about, and how a posting's pay and days are said."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from guides import formats
from guides.models import Guide

from ..models import Posting

register = template.Library()

# More are not counted: a page need not know how many thousands there are.
MOST = 100


@register.simple_tag
def openings_of(guide: Guide | None = None, occupation: str = "") -> dict[str, object] | None:
    """The number of openings for a guide's or an occupation's job and where they stand; None where there is none."""
    postings = Posting.objects.open()
    postings = postings.of_guide(guide.slug) if guide else postings.of_occupation(occupation)
    count = len(postings.order_by().values_list("pk")[: MOST + 1])
    if not count:
        return None
    query = {"guide": guide.slug} if guide else {"occupation": occupation[:7]}
    return {"count": min(count, MOST), "more": count > MOST, "url": f"{reverse('openings:list')}?{urlencode(query)}"}


@register.filter
def year_pay(posting: Posting) -> str:
    """A posting's pay as a year's, such as '$38,480 to $45,760'; '' where it gives none."""
    if posting.year_low is None:
        return ""
    return formats.money(posting.year_low, posting.year_high if posting.year_high != posting.year_low else None)


@register.filter
def said_pay(posting: Posting) -> str:
    """A posting's pay as a reader says it, such as '$18.50 to $22.00 an hour'; its own words where no sum is known."""
    if posting.pay_low is None or not posting.pay_unit:
        return posting.pay_stated
    sums = [posting.pay_low, posting.pay_high] if posting.pay_high != posting.pay_low else [posting.pay_low]
    words = [formats.cents(int(value * 100)) if value % 1 else formats.money(int(value)) for value in sums if value]
    return _("%(sums)s %(unit)s") % {"sums": _(" to ").join(words), "unit": posting.get_pay_unit_display()}
