"""Advice on what a person wrote: what to look at again. Never a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides import formats

from .documents import fonts
from .documents.blocks import Document


@dataclass(frozen=True)
class Advice:
    """One remark: `good` where nothing needs to change."""

    text: str
    good: bool = False


@dataclass(frozen=True)
class Length:
    """How long a text is to be, in words, and what to say where it is shorter, just right, or longer.

    Each sentence has places for the count and both ends, %(words)s, %(shortest)d and %(longest)d, so that none can
    contradict another.
    """

    shortest: int
    longest: int
    too_short: str
    right: str
    too_long: str


def length(text: str, wanted: Length) -> Advice:
    """Return the one remark on how long `text` is."""
    count = len(text.split())
    is_right = wanted.shortest <= count <= wanted.longest
    sentence = wanted.right if is_right else wanted.too_short if count < wanted.shortest else wanted.too_long
    numbers = {"words": formats.words(count), "shortest": wanted.shortest, "longest": wanted.longest}
    return Advice(sentence % numbers, good=is_right)


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
