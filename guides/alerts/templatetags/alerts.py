"""What the alerts' templates use."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    """Whether this site sends mail."""
    return bool(settings.SENDS_MAIL)
