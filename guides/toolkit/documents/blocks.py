"""What a document is made of. Writers turn the same blocks into PDF, DOCX, text, Markdown and HTML."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class Head:
    """Who it is from: a name, a line below it, and ways to reach them."""

    kind: ClassVar[str] = "head"
    name: str
    label: str = ""
    contact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class EntryHeading:
    """What stands above an entry's lines: a title, where it was, and when."""

    kind: ClassVar[str] = "entry"
    title: str
    where: str = ""
    dates: str = ""


def entry(title: str, where: str = "", dates: str = "") -> list[EntryHeading]:
    """Return what is known, the first of it as the title, which cannot be empty; nothing where nothing is known."""
    known = [text for text in (title, where) if text.strip()] or [dates]
    if not known[0].strip():
        return []
    return [EntryHeading(known[0], ", ".join(known[1:]), dates if known[0] != dates else "")]


@dataclass(frozen=True)
class Text:
    """A paragraph; its line breaks stay."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True)
class Points:
    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """An address, with a QR picture of it as SVG; without one where it is too long for that."""

    kind: ClassVar[str] = "code"
    text: str
    address: str
    picture: str = ""


Block = Head | Heading | EntryHeading | Text | Points | Code


@dataclass
class Document:
    """A document in reading order. `title` and `author` go into the file's own description.

    A letter has its paragraphs apart and its text larger; all else is set close, to fit on a page.
    """

    title: str
    author: str = ""
    blocks: list[Block] = field(default_factory=list)
    language: str = "en"
    is_letter: bool = False

    def plain(self) -> dict[str, Any]:
        """The document as plain data, for the typesetter."""
        blocks = [{"kind": block.kind} | asdict(block) for block in self.blocks]
        about = {"title": self.title, "author": self.author, "language": self.language}
        return about | {"is_letter": self.is_letter, "blocks": blocks}

    def strings(self) -> Iterator[str]:
        """Every text in the document."""
        for block in self.blocks:
            for name, value in asdict(block).items():
                if name != "picture":
                    yield from [value] if isinstance(value, str) else value
