"""What pages of a guide say of pay by state, and of links by state."""

from django import template

from guides.models import Guide

from .. import pay_by_state, state_links

register = template.Library()


register.simple_tag(pay_by_state.guides, name="guides_paid_by_state")
register.simple_tag(state_links.of, name="links_by_state")


@register.simple_tag(takes_context=True)
def is_paid_by_state(context: template.Context, guide: Guide) -> bool:
    """Whether pay by state is known of the guide's occupation. One query a page, however often it asks."""
    # Kept with the request: others read the same guide, after later imports too.
    request = context.get("request")
    holder = vars(request) if request else {}
    known: dict[str, bool] = holder.setdefault("paid_by_state", {})
    if guide.occupation_code not in known:
        known[guide.occupation_code] = pay_by_state.exists(guide.occupation_code)
    return known[guide.occupation_code]
