"""What is kept in a plan as a form, as the document that it makes."""

from collections.abc import Iterable

from . import packing
from .documents.blocks import Document
from .forms import cleaned
from .letters import layout as letter_layout
from .letters.forms import LetterForm
from .models import KeptDocument
from .resume import draft, jsonresume
from .resume import layout as resume_layout


def documents(kept: Iterable[KeptDocument]) -> list[tuple[KeptDocument, Document]]:
    """Return the resumes and letters among those kept, each with its document."""
    return [(each, document) for each in kept if (document := _document(each))]


def _document(kept: KeptDocument) -> Document | None:
    sent = packing.unpack(kept.content)
    if kept.tool == KeptDocument.Tool.RESUME:
        return resume_layout.document(jsonresume.to_json(draft.read(sent)))
    if kept.tool == KeptDocument.Tool.LETTER:
        return letter_layout.document(LetterForm(cleaned(sent)).letter)
    return None
