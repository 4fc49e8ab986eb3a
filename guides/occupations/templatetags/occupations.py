"""What pages of a guide say of the occupation that official data knows under its code."""

from django import template

from guides.models import Guide

from ..models import OccupationListing

register = template.Library()


@register.simple_tag
def occupation_of(guide: Guide) -> OccupationListing | None:
    """The occupation with the guide's code, None where official data has none. One query."""
    return OccupationListing.objects.current().filter(code=f"{guide.occupation_code}.00").first()
