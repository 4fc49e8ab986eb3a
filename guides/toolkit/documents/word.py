"""A document as DOCX, with real headings and lists, so that Word and screen readers know its order.

A design sets the styles, so that who changes one in Word changes all that look alike.
"""

import gc
import io
from collections.abc import Callable
from itertools import count
from typing import Any

from django.utils import timezone
from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from . import word_looks
from .blocks import Document, EntryHeading, Head, Points
from .designs import DESIGNS, USUAL, Design, Headings
from .links import pieces

HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK
# Documents are cycles of objects, small in number and large in memory: the collector would let too many wait.
COLLECT_AFTER = 20
_written = count(1)
MARGIN, PAPER = Mm(20), (Mm(215.9), Mm(279.4))  # US Letter


def docx(document: Document, design: str = USUAL) -> bytes:
    """Return the document as the bytes of a DOCX file in one of DESIGNS."""
    target = new_document()
    _set_up(target, document, DESIGNS[design])
    for block in document.blocks:
        WRITERS[block.kind](target, block)
    file = io.BytesIO()
    target.save(file)
    del target
    if next(_written) % COLLECT_AFTER == 0:
        gc.collect()
    return file.getvalue()


def _add(target: WordDocument, text: str, style: str = "Normal") -> Paragraph:
    """Add a paragraph of that style and return it. By its id: python-docx would look through all styles each time."""
    paragraph = target.add_paragraph()
    paragraph._p.style = style
    _write(paragraph, text)
    return paragraph


def _write(paragraph: Paragraph, text: str, bold: bool | None = None) -> None:
    """Add `text` to a paragraph, its addresses as links."""
    for piece, target in pieces(text):
        run = paragraph.add_run(piece)
        run.bold = bold
        if target:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(target, HYPERLINK, is_external=True))
            run._r.addprevious(link)
            link.append(run._r)


def _set_up(target: WordDocument, document: Document, design: Design) -> None:
    """Paper, styles, and the description that goes with the file."""
    section = target.sections[0]
    section.page_width, section.page_height = PAPER
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    word_looks.put_on(target, design)
    if document.is_letter:
        word_looks.style(target, "Normal").paragraph_format.space_after = Pt(10)
    elif design.headings == Headings.MARGIN:
        word_looks.indent(target)
    _set_language(target, document.language)
    about = target.core_properties
    about.title, about.author, about.last_modified_by = document.title[:255], document.author[:255], ""
    about.comments, about.language = "", document.language
    about.created = about.modified = timezone.now().replace(tzinfo=None, microsecond=0)


def _set_language(target: WordDocument, language: str) -> None:
    """Tell spelling checkers and screen readers the language of the text."""
    properties = target.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    properties.append(mark)


def _head(target: WordDocument, block: Head) -> None:
    _add(target, block.name, "Heading1")
    if block.label:
        _add(target, block.label, word_looks.LABEL)
    if block.contact:
        _add(target, " | ".join(block.contact), word_looks.CONTACT)


def _entry(target: WordDocument, block: EntryHeading) -> None:
    """A heading. As in the PDF the dates follow on its line: at its end they would be taken for a second column."""
    where = f", {block.where}" if block.where else ""
    dates = f" · {block.dates}" if block.dates else ""
    _write(_add(target, block.title, "Heading3"), where + dates, bold=False)


def _points(target: WordDocument, block: Points) -> None:
    for item in block.items:
        _add(target, item, "ListBullet")


WRITERS: dict[str, Callable[[WordDocument, Any], object]] = {
    "head": _head,
    "heading": lambda target, block: _add(target, block.text, "Heading2"),
    "entry": _entry,
    "text": lambda target, block: _add(target, block.text),
    "points": _points,
    "code": lambda target, block: _add(target, f"{block.text}: {block.address}"),
}
