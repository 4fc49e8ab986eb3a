"""A document as a tagged PDF, set by typst. What a person typed goes in as data, never as source text."""

import json
import threading
import unicodedata
from typing import Any

import typst
from django.utils.translation import gettext_lazy as _

from . import fonts
from .blocks import Document

TEMPLATE = fonts.FOLDER.parent / "typst" / "document.typ"
DESIGNS = {"quiet": _("Quiet"), "cloth": _("Bookcloth")}

# A tab, the two other line breaks, and the mark that begins files.
DRAWN = {0x09: " ", 0x2028: "\n", 0x2029: "\n", 0xFEFF: ""}

_lock = threading.Lock()
_compiler: Any = None


def pdf(document: Document, design: str = "quiet", file_format: str = "pdf") -> bytes:
    """Return the document as the bytes of a PDF in one of DESIGNS; "png" gives its pages as pictures.

    It is PDF/UA-1, unless it holds characters that our fonts lack: those show as empty boxes.
    """
    if design not in DESIGNS:
        raise ValueError(design)
    inputs = {
        "document": json.dumps(_drawable(document.plain()), ensure_ascii=False),
        "design": design,
    }
    # The standard for accessible files refuses a text with characters that no font has.
    accessible = file_format == "pdf" and not fonts.missing(document.strings())
    # One typesetter for the whole process: it keeps the fonts, and works for one request at a time.
    with _lock:
        content: bytes = _typesetter().compile(
            format=file_format, sys_inputs=inputs, pdf_standards=["ua-1"] if accessible else []
        )
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
