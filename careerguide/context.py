"""What every template may use. Nothing personal: reader pages are the same bytes for everyone."""

from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The site's public address, for canonical links, and its icon, which stands in each page: one request less."""
    return {"SITE_URL": settings.SITE_URL, "SITE_ICON": icon()}


@cache
def icon() -> str:
    """Return the site's mark as an address that holds the picture itself."""
    mark = (settings.BASE_DIR / "static" / "icons" / "mark.svg").read_text(encoding="utf-8").strip()
    # What may stand in an address of this kind as it is keeps it short.
    return "data:image/svg+xml," + quote(mark.replace('"', "'"), safe="/:='")
