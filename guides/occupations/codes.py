"""The codes that official statistics count occupations under, for editors to choose from by title."""

from collections.abc import Iterator

from .models import OccupationListing


def known() -> Iterator[tuple[str, str]]:
    """Yield each SOC code with its title: of what O*NET divides, the whole's."""
    rows = OccupationListing.objects.current().order_by("code").values_list("code", "title")
    named: dict[str, str] = {}
    for code, title in rows:
        named.setdefault(code[:7], title)
    yield from named.items()
