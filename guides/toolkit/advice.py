"""Advice on what a person wrote: what to look at again. Never a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .documents import fonts
from .documents.blocks import Document


@dataclass(frozen=True)
class Advice:
    """One remark: `good` where nothing needs to change."""

    text: str
    good: bool = False


def gaps(document: Document) -> Iterator[Advice]:
    """Advice where a PDF of the document would lack characters."""
    if sentence := gap_sentence(document):
        yield Advice(sentence)


def gap_sentence(document: Document) -> str:
    """Say which characters a PDF of the document would not show; empty where it shows all of them."""
    missing = fonts.missing(document.strings())
    if not missing:
        return ""
    return _("The PDF cannot show %(characters)s: our fonts have no such characters. DOCX and text keep them.") % {
        "characters": " ".join(missing[:20])
    }
