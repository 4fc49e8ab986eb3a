"""Static files as a site serves them: sheets and scripts joined with what they import, all kept by the browser.

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

from careerguide.joined_scripts import SCRIPTS, JoinedScript
from careerguide.style_sheets import OURS, JoinedStyleSheet

SOURCES = FileSystemStorage(settings.BASE_DIR / "static")


class ServedFiles(StaticFilesHandler):
    """What answers for static files in the live server."""

    def serve(self, request: HttpRequest) -> HttpResponse:
        content, media_type = read(self.file_path(request.path))
        return HttpResponse(content, content_type=media_type, headers={"Cache-Control": "max-age=3600"})


@cache
def read(name: str) -> tuple[bytes, str]:
    """Return the content of a static file, and what it is. Raises Http404."""
    if name.startswith(OURS) and name.endswith(".css"):
        return JoinedStyleSheet(SOURCES, name).content, "text/css"
    if name.startswith(SCRIPTS) and name.endswith(".js"):
        return JoinedScript(SOURCES, name).content, "text/javascript"
    if (path := finders.find(name)) is None:
        raise Http404(name)
    return Path(path).read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"


def serve_single_sheets(page: Page) -> None:
    """Have the page get each style sheet from its source, and what that imports by itself."""
    page.route(
        f"**/static/{OURS}**",
        lambda route: route.fulfill(path=finders.find(route.request.url.partition(settings.STATIC_URL)[2])),
    )
