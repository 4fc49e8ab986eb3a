"""Static files as a site serves them: style sheets joined with what they import, and all of it kept by the browser.

From the source folders the first page of every test would ask for more than a hundred style sheets.
"""

import mimetypes
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.files.storage import FileSystemStorage
from django.http import Http404, HttpRequest, HttpResponse
from playwright.sync_api import Page

from careerguide.style_sheets import OURS, JoinedStyleSheet


class ServedFiles(StaticFilesHandler):
    """What answers for static files in the live server."""

    def serve(self, request: HttpRequest) -> HttpResponse:
        content, media_type = read(self.file_path(request.path))
        return HttpResponse(content, content_type=media_type, headers={"Cache-Control": "max-age=3600"})


@cache
def read(name: str) -> tuple[bytes, str]:
    """Return the content of a static file, and what it is. Raises Http404."""
    if name.startswith(OURS) and name.endswith(".css"):
        return joined(name), "text/css"
    if (path := finders.find(name)) is None:
        raise Http404(name)
    return Path(path).read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"


def joined(name: str) -> bytes:
    """Return a style sheet of ours with all that it imports."""
    return JoinedStyleSheet(FileSystemStorage(settings.BASE_DIR / "static"), name).content


def serve_single_sheets(page: Page) -> None:
    """Have the page get each style sheet from its source, and what that imports by itself."""
    page.route(
        f"**/static/{OURS}**",
        lambda route: route.fulfill(path=finders.find(route.request.url.partition(settings.STATIC_URL)[2])),
    )
