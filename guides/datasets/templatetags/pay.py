"""What pages of a guide say of pay by state, and of links by state."""

from django import template

from guides.models import Guide

from .. import pay_by_state, state_links

register = template.Library()


register.simple_tag(pay_by_state.guides, name="guides_paid_by_state")
register.simple_tag(state_links.of, name="links_by_state")


@register.filter
def is_paid_by_state(guide: Guide) -> bool:
    """Whether pay by state is known of the guide's occupation. One query for a guide, however often it is asked."""
    known: bool | None = guide.__dict__.get("_paid_by_state")
    if known is None:
        known = guide.__dict__["_paid_by_state"] = pay_by_state.exists(guide.occupation_code)
    return known
