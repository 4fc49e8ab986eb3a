"""A resume that a person brings along, as a file or as text, put into the builder's fields."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from guides.readiness.upload import extraction
from guides.readiness.upload.legibility import flaw_of
from guides.readiness.words import readable

from .. import texts
from . import jsonresume
from .draft import Draft
from .from_text import from_text
from .repair import Remark


class ResumeRefused(Exception):
    """The file cannot be taken in; `reasons` are sentences to the person."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


@dataclass
class Incoming:
    """What was taken in: the draft, sentences on the whole, and remarks on single fields."""

    draft: Draft
    sentences: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def from_file(upload: "UploadedFile[Any]") -> Incoming:
    """Return what an uploaded file holds, of any kind that we read. Raises ResumeRefused."""
    if Path(upload.name or "").suffix.lower() not in extraction.KINDS:
        raw = upload.read(jsonresume.LARGEST_FILE + 1)
        if Path(upload.name or "").suffix.lower() == ".json" or is_json(raw):
            return from_json(raw)
        raise ResumeRefused(_("Choose a PDF, a Word document (.docx), a plain text file (.txt) or a JSON Resume."))
    try:
        extract = extraction.text_of(upload)
    except extraction.ResumeRefused as refused:
        raise ResumeRefused(str(refused)) from None
    return from_plain(extract)


def from_pasted(text: str) -> Incoming:
    """Return what a pasted text holds: JSON, or a resume's words. Raises ResumeRefused."""
    raw = texts.clean(text).encode()
    return from_json(raw) if is_json(raw) else from_plain(extraction.Extract(readable(text), flaw=flaw_of(text)))


def is_json(raw: bytes) -> bool:
    return raw.decode(errors="ignore").lstrip("\ufeff \t\r\n")[:1] in {"{", "["}


def from_json(raw: bytes) -> Incoming:
    try:
        draft, remarks = jsonresume.load(raw)
    except jsonresume.JSONResumeRefused as refused:
        raise ResumeRefused(*refused.reasons) from None
    return Incoming(draft, [_("Your file is taken in, and takes the place of what was in the form.")], remarks)


def from_plain(extract: extraction.Extract) -> Incoming:
    """Return the fields that a text fills. Raises ResumeRefused where it holds nothing."""
    text = texts.clean(extract.text)
    if not text.strip():
        raise ResumeRefused(_("There is no text in it."))
    sentences = [
        _(
            "We read your text and put it into the fields, as well as we could. Compare each field with your resume: "
            "dates, and who is the employer, are where we err most."
        )
    ]
    if extract.flaw:
        sentences.append(
            _("%(flaw)s If the fields hold nonsense, copy the text out of your resume and paste it here.")
            % {"flaw": extract.flaw.value}
        )
    if extract.is_cut:
        sentences.append(_("Your file is longer than we read: what comes after its beginning is left out."))
    draft = from_text(text)
    if draft.unplaced:
        sentences.append(_("Some lines found no field: they stand above your name, to be placed."))
    return Incoming(draft, sentences)
