"""What every template may use. Nothing personal: reader pages are the same bytes for everyone."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The site's public address, for canonical links."""
    return {"SITE_URL": settings.SITE_URL}
