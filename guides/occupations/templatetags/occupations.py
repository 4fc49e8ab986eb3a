"""What pages of a guide say of the occupation that official data knows under its code."""

from django import template

from guides.models import Guide, Source

from ..models import OccupationListing

register = template.Library()

# The sources that lead on whatever the occupation, by their slugs.
APPRENTICESHIPS, JOB_CENTERS = "apprenticeship-finder", "american-job-centers"


@register.simple_tag
def occupation_of(guide: Guide) -> OccupationListing | None:
    """The occupation with the guide's code, None where official data has none. One query."""
    return OccupationListing.objects.current().filter(code=f"{guide.occupation_code}.00").first()


@register.simple_tag
def places_that_help() -> dict[str, Source]:
    """The finders of apprenticeships and of American Job Centers, those that the guides' sources know. One query."""
    found = {source.slug: source for source in Source.objects.filter(slug__in=[APPRENTICESHIPS, JOB_CENTERS])}
    names = {"apprenticeships": APPRENTICESHIPS, "job_centers": JOB_CENTERS}
    return {name: found[slug] for name, slug in names.items() if slug in found}
