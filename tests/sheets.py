"""Style sheets as a site serves them, joined and minified; the tests' own server has them as single files."""

from pathlib import PurePath
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from careerguide.style_sheets import JoinedStyleSheet


def joined(name: str) -> str:
    """Return the sheet static/css/NAME.css with all that it imports, from the fonts' full address."""
    source = FileSystemStorage(settings.BASE_DIR / "static")
    return JoinedStyleSheet(source, f"css/{name}.css").content.decode().replace("../fonts/", "/static/fonts/")


def serve_joined(page) -> None:
    """Have the page get what a reader of the site gets."""
    page.route(
        "**/static/css/*.css",
        lambda route: route.fulfill(
            body=joined(PurePath(urlsplit(route.request.url).path).stem), content_type="text/css"
        ),
    )
