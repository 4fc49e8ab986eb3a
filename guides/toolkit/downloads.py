"""How a document leaves: as a file in one of the formats that the site writes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from .advice import gap_sentence
from .documents.blocks import Document
from .documents.designs import DESIGNS, USUAL
from .documents.pdf import pdf
from .documents.text import markdown, plain_text
from .forms import WholeForm

# By the word of the button: the type of the file, and what writes a document in a design.
WRITERS: dict[str, tuple[str, Callable[[Document, str], bytes]]] = {
    "pdf": ("application/pdf", pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda document, design: _docx(document, design),
    ),
    "txt": ("text/plain; charset=utf-8", lambda document, design: plain_text(document).encode()),
    "md": ("text/markdown; charset=utf-8", lambda document, design: markdown(document).encode()),
}


def _docx(document: Document, design: str) -> bytes:
    # Nothing but a download needs python-docx, and every process of the site would wait a third of a second for it.
    from .documents.word import docx

    return docx(document, design)


def document_file(
    request: HttpRequest, form: WholeForm, document: Document, action: str, *words: str
) -> HttpResponse | None:
    """Return `document` as the file that the button `action` asks for, named after `words`.

    A PDF that lacks characters is written only after the person has been told: None, and the form says so.
    """
    if action == "pdf" and (gap := gap_sentence(document)):
        form.gap = gap
        return None
    kind = action.split()[0]
    content_type, write = WRITERS[kind]
    return attachment(write(document, chosen_design(request.POST)), content_type, file_name(kind, *words))


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """Return a file to download."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def file_name(extension: str, *words: str) -> str:
    """Return a file name such as resume-zoe-lodz.pdf: letters of any script, nothing that a path could hold."""
    return f"{slugify('-'.join(filter(None, words)), allow_unicode=True)[:80] or 'document'}.{extension}"


def chosen_design(sent: QueryDict | MultiValueDict[str, str]) -> str:
    """Return the design that a form asks for; the usual one where it asks for none of ours."""
    design = sent.get("design", "")
    return design if design in DESIGNS else USUAL
