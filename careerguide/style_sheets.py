"""Style sheets stand in many small files, one a component; a page gets them joined and minified, in one or two."""

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import lightningcss
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .joined_scripts import SCRIPTS, JoinedScript

OURS = "css/"
# Of each file its storage, and its path there.
Sources = dict[str, tuple[Storage, str]]
IMPORT = re.compile(r"""@import\s+url\(\s*["']?([^"')]+)["']?\s*\)""")


class JoinedStyleSheet:
    """Stands for the storage of a style sheet's source, and opens the sheet with all it imports, minified."""

    def __init__(self, storage: Storage, path: str) -> None:
        self.path = storage.path(path)

    @cached_property
    def content(self) -> bytes:
        """The whole sheet; raises an error that names the file and the line where it is no CSS."""
        return lightningcss.bundle_css(self.path).encode()

    def open(self, name: str) -> "ContentFile[bytes]":
        return ContentFile(self.content, name)


class JoiningStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Collects each style sheet and script of ours joined with what it imports.

    A sheet that is imported gets no address of its own.
    """

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        sources = {name: source for name, source in paths.items() if name.startswith(OURS) and name.endswith(".css")}
        imported = {target for name, source in sources.items() for target in imports(name, *source)}
        sheets = {name: (JoinedStyleSheet(*source), source[1]) for name, source in sources.items()}
        scripts = {
            name: (JoinedScript(*source), source[1])
            for name, source in paths.items()
            if name.startswith(SCRIPTS) and name.endswith(".js")
        }
        rest = {name: source for name, source in (paths | sheets | scripts).items() if name not in imported}
        yield from super().post_process(rest, dry_run, **options)


def imports(name: str, storage: Storage, path: str) -> Iterator[str]:
    """Yield the names of the static files that the style sheet of that name imports."""
    with storage.open(path) as sheet:
        for target in IMPORT.findall(sheet.read().decode()):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
