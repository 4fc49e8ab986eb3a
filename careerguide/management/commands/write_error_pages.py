"""Write the pages that the web server in front shows by itself: where it refuses something, or the site is stopped."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

# The status that deploy/nginx.conf names in its error_page lines; each has a template of the same name.
STATUSES = (400, 404, 405, 413, 414, 431, 500, 502, 504)
REFERENCE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


class Command(BaseCommand):
    help = (
        "Write the pages that nginx shows where it does not ask the site into FOLDER/error-pages, and the static files "
        "that they need into FOLDER/static. Run it after collectstatic; the web server must be able to read FOLDER."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            pages = {f"{status}.html": render_to_string(f"{status}.html") for status in STATUSES}
        except ValueError as fault:
            raise CommandError(
                f"The static files are not those of this release: run collectstatic first ({fault})."
            ) from None
        static, needed = folder / settings.STATIC_URL.strip("/"), set(needed_files(pages.values()))
        for name in needed:
            write(static / name, source(name).read_bytes())
        for name, page in pages.items():
            write(folder / "error-pages" / name, page.encode())
        for path in static.rglob("*"):
            if path.is_file() and str(path.relative_to(static)) not in needed:
                path.unlink()
        self.stdout.write(f"{folder}: {len(pages)} pages.")


def needed_files(pages: Iterable[str]) -> Iterator[str]:
    """Yield the names of the static files that the pages link to, and of those that their style sheets do."""
    # An attribute may name several, with spaces between.
    link = re.compile(f'(?<=["\\s]){re.escape(settings.STATIC_URL)}([^"\\s]+)')
    waiting = {name for page in pages for name in link.findall(page)}
    known: set[str] = set()
    while waiting:
        name = waiting.pop()
        known.add(name)
        yield name
        if name.endswith(".css"):
            references = REFERENCE.findall(source(name).read_text(encoding="utf-8"))
            own = [reference for reference in references if not reference.startswith(("data:", "#"))]
            waiting |= {posixpath.normpath(posixpath.join(posixpath.dirname(name), each)) for each in own} - known


def source(name: str) -> Path:
    """Return where the static file of that name is: among the collected ones or, in development, in its source."""
    collected = Path(settings.STATIC_ROOT) / name
    place = collected if collected.exists() else finders.find(name)
    if place is None:
        raise CommandError(f"There is no static file {name}: run collectstatic first.")
    return Path(place)


def write(path: Path, content: bytes) -> None:
    """Write a file that everyone may read, in one step: the web server may be sending the one before."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.chmod(0o644)
    draft.replace(path)
