"""A document as a tagged PDF, set by typst. What a person typed goes in as data, never as source text."""

import json
import threading
import unicodedata
from typing import Any

import typst

from . import fonts
from .blocks import Document
from .designs import DESIGNS, USUAL

TEMPLATE = fonts.FOLDER.parent / "typst" / "document.typ"

# A tab, the two other line breaks, and the mark that begins files.
DRAWN = {0x09: " ", 0x2028: "\n", 0x2029: "\n", 0xFEFF: ""}

_lock = threading.Lock()
_compiler: Any = None


def pdf(document: Document, design: str = USUAL) -> bytes:
    """Return the document as the bytes of a PDF in one of DESIGNS.

    It is PDF/UA-1, unless it holds characters that our fonts lack: those show as empty boxes.
    """
    # The standard for accessible files refuses a text with characters that no font has.
    accessible = not fonts.missing(document.strings())
    return _compiled(document, design, format="pdf", pdf_standards=["ua-1"] if accessible else [])


def picture(document: Document, design: str, ppi: float) -> bytes:
    """Return the only page of a short document as a PNG."""
    return _compiled(document, design, format="png", ppi=ppi)


def _compiled(document: Document, design: str, **options: Any) -> bytes:
    if design not in DESIGNS:
        raise ValueError(design)
    inputs = {
        "document": json.dumps(_drawable(document.plain()), ensure_ascii=False),
        "look": json.dumps(DESIGNS[design].plain()),
    }
    # One typesetter for the whole process: it keeps the fonts, and works for one request at a time.
    with _lock:
        content: bytes = _typesetter().compile(sys_inputs=inputs, **options)
    return content


def _drawable(value: Any) -> Any:
    """Return plain data with letters as fonts have them, and without what the standard refuses as no font draws it."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.translate(DRAWN))
    if isinstance(value, dict):
        return {key: _drawable(item) for key, item in value.items()}
    return [_drawable(item) for item in value] if isinstance(value, (list, tuple)) else value


def _typesetter() -> Any:
    global _compiler
    if _compiler is None:
        own_fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
        )
        _compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=own_fonts)
    return _compiler
