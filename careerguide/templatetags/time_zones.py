"""The offer of the browser's time zone on the editors' front page."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from careerguide.time_zones import chosen

register = template.Library()


@register.inclusion_tag("admin/_zone_offer.html", takes_context=True)
def zone_offer(context: Context) -> dict[str, Any]:
    """A form for who has not chosen a zone; the script shows it where the browser's is another one."""
    request = context["request"]
    return {
        "is_open": chosen(request.user.pk) is None,
        "zone": timezone.get_current_timezone_name(),
        "csrf_token": context["csrf_token"],
        "request": request,
    }
