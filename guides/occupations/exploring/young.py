"""What federal law keeps from workers under 18: the occupations whose work itself is under a hazardous-work order.

29 CFR Part 570, Subpart E, has seventeen orders for work that is not on a farm. Named here are the occupations, among
those that ask for no diploma, of which the ordered work is the job itself; others touch an order with a single task
(a slicer, a baler), which an employer must leave out for somebody under 18. States have rules of their own.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DRIVING = _("driving a motor vehicle, or helping outside of one")
HOISTING = _("running forklifts, hoists and cranes")
MINING = _("mining")
MEAT = _("slaughtering and cutting meat")
ROOFING = _("roofing")
LOGGING = _("logging, and fighting forest fires")
DIGGING = _("working in trenches")
# By the beginning of the code.
ORDERS: dict[str, str | Promise] = {
    "53-3": DRIVING,
    "53-7081": DRIVING,
    "43-5052": DRIVING,
    "53-7041": HOISTING,
    "53-7051": HOISTING,
    "53-7021": HOISTING,
    "47-5": MINING,
    "51-3022": MEAT,
    "51-3023": MEAT,
    "47-2181": ROOFING,
    "47-3016": ROOFING,
    "45-402": LOGGING,
    "47-2151": DIGGING,
}


def order_of(code: str) -> str | Promise:
    """Return what the order that an occupation's work is under is about, '' where none is known."""
    return next((about for beginning, about in ORDERS.items() if code.startswith(beginning)), "")
