"""Filters of the toolkit's pages."""

import re
from collections.abc import Sequence
from typing import Any

from django import template

from guides.plan.models import Application

from .. import dates
from ..documents.blocks import Document
from ..kept import documents
from ..models import KeptDocument, ResumeEntry

register = template.Library()


@register.filter
def entry_dates(entry: ResumeEntry) -> str:
    """When an entry of a worked example was, such as 'May 2024 – present'; one-time things have one date."""
    if entry.is_once:
        return dates.written(entry.ends or entry.starts)
    return dates.span(entry.starts, entry.ends)


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


@register.filter
def pieces(text: str) -> list[dict[str, Any]]:
    """A text cut at its places to fill, so that these can be marked."""
    cut = re.split(r"(\[[^\[\]\n]{1,80}\])", text)
    return [{"text": piece, "is_place": number % 2 == 1} for number, piece in enumerate(cut)]


@register.filter
def with_applications(documents: Sequence[KeptDocument]) -> list[tuple[KeptDocument, Application | None]]:
    """Pairs of a kept document and the application of the plan that it is for, or None. One query."""
    wanted = {document.application for document in documents} - {""}
    if not wanted:
        return [(document, None) for document in documents]
    known = {each.slug: each for each in Application.objects.filter(plan=documents[0].plan_id, slug__in=wanted)}
    return [(document, known.get(document.application)) for document in documents]


@register.filter
def as_documents(kept: Sequence[KeptDocument]) -> list[tuple[KeptDocument, Document]]:
    """The resumes and letters among what is kept, each with the document that it makes."""
    return documents(kept)
