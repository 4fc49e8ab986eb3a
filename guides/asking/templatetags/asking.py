"""What is said to a person in need, on whatever page they type."""

from django import template

from .. import care
from ..care import Care

register = template.Library()


@register.simple_tag
def urgent_care(text: str) -> list[Care]:
    """What is to be said to `text`, typed in any field: of danger and of need. `{% urgent_care text as concerns %}`."""
    return care.urgent(text)


@register.filter
def is_crisis(concerns: list[Care]) -> bool:
    """Whether somebody is in danger, so that nothing else is to be shown."""
    return any(each.is_crisis for each in concerns)
