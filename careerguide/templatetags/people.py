"""Roles in words, for templates."""

from collections.abc import Iterable

from django import template
from django.contrib.auth.models import Group

from ..people import roles

register = template.Library()


@register.filter
def role_names(groups: Iterable[Group]) -> str:
    """What the roles are called, with commas between."""
    return ", ".join(roles.name_of(group) for group in groups)
