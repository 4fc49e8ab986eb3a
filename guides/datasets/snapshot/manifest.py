"""What the release ships: the parts of the snapshot, each with the files it was made from, and their terms."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from ..faults import ImportFault, reading

NAME = "manifest.json"
# Raised where the files are written in another way.
FORMAT = 1
LARGEST = 8 * 2**20


@dataclass(frozen=True)
class SourceFile:
    """A publisher's file that was imported, as it was called there."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Edition:
    """An edition of a publisher's data: what it was read from, its licence, and the credit that must be shown."""

    publisher: str
    edition: str
    files: tuple[SourceFile, ...]
    licence: str
    licence_url: str
    credit: str


@dataclass(frozen=True)
class Part:
    """A file of the snapshot: one edition, or all that stand for one where a newer takes the place of an older."""

    file: str
    sha256: str
    size: int
    # Rows by table, such as {"datasets.occupationtitle": 57543}.
    rows: dict[str, int]
    editions: tuple[Edition, ...]

    @property
    def publisher(self) -> str:
        return self.editions[0].publisher

    def __str__(self) -> str:
        return f"{self.publisher} {', '.join(edition.edition for edition in self.editions)}"


def folder() -> Path:
    """Return the folder of the snapshot that the release ships."""
    return Path(settings.FIXTURES_DIR) / "official"


def parts() -> list[Part]:
    """Return what the release ships; nothing where it ships no snapshot. Raises ImportFault."""
    path = folder() / NAME
    if not path.exists():
        return []
    with reading(path):
        text = path.read_text(encoding="utf-8")
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ImportFault(f"{path}: is of format {content['format']}, and this release reads {FORMAT}.")
        return [_part(plain) for plain in content["parts"]]
    except (ValueError, TypeError, KeyError) as error:
        raise ImportFault(f"{path}: is no manifest of a snapshot ({type(error).__name__}: {error}).") from None


def _part(plain: dict[str, Any]) -> Part:
    editions = [
        Edition(**edition | {"files": tuple(SourceFile(**file) for file in edition["files"])})
        for edition in plain["editions"]
    ]
    return Part(**plain | {"editions": tuple(editions)})


def write(parts: list[Part]) -> None:
    """Write the manifest of these parts."""
    content = {"format": FORMAT, "parts": [asdict(part) for part in parts]}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder() / NAME).write_text(f"{text}\n", encoding="utf-8")
