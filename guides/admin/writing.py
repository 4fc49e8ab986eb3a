"""Boxes for Markdown texts: below each stands what readers get of it, and first what is wrong, while one types."""

import functools
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from .. import figures_in_texts, texts_filled_in
from ..figures_in_texts import Figures
from ..models import Guide, Picture, Source, markdown
from ..models.markdown_parser import source_notes
from ..publishing import link_faults, texts
from ..publishing.readability import measure
from . import figure_names

Attributes = dict[str, Any] | None


@dataclass(frozen=True)
class Writing:
    """What a text is written for: its guide, if it has one, the figures of its draft, what is wrong with a link, and
    the pictures and sources that it can name, by their short names.

    All but the guide is looked up once a request, and only where a text needs it.
    """

    guide: Guide | None
    figures: Callable[[], Figures]
    fault_of_link: Callable[[str], str | None]
    pictures: Callable[[], dict[str, Picture]]
    sources: Callable[[], dict[str, Source]]


def at_hand(request: HttpRequest) -> Writing:
    """What the texts of a screen are written for."""
    if not hasattr(request, "writing_at_hand"):
        guide = getattr(request, "guide_at_hand", None)
        guide = guide if isinstance(guide, Guide) and guide.pk else None
        draft = functools.cache(lambda: link_faults.of_draft(guide))
        destinations = link_faults.Destinations()
        fault = functools.cache(lambda link: link_faults.fault_of_link(link, draft(), destinations))
        pictures = functools.cache(lambda: {picture.slug: picture for picture in guide.pictures.all()} if guide else {})
        sources = functools.cache(lambda: {source.slug: source for source in Source.objects.all()})
        writing = Writing(guide, figure_names.at_hand(request), fault, pictures, sources)
        request.writing_at_hand = writing  # type: ignore[attr-defined]
    known: Writing = request.writing_at_hand  # type: ignore[attr-defined]
    return known


class MarkdownWidget(AdminTextareaWidget):
    """A text box with the rendered text below it, kept up to date while one types."""

    def __init__(self, writing: Writing, attrs: Attributes = None) -> None:
        super().__init__(attrs)
        self.writing = writing

    def render(self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None) -> SafeString:
        guide = self.writing.guide
        live = {
            "data-hx-post": reverse("admin:guides_section_markdown") + (f"?guide={guide.pk}" if guide else ""),
            # The second one is told once somebody has signed in over the page (js/admin-session.js).
            "data-hx-trigger": "input changed delay:400ms, signed-in",
            "data-hx-target": "next .markdown-preview",
            "data-hx-sync": "this:replace",
        }
        box = super().render(name, value, {"rows": 3} | (attrs or {}) | live, renderer)
        return render_to_string("admin/guides/_markdown_box.html", {"box": box} | preview_of(value or "", self.writing))


def preview_of(text: str, writing: Writing) -> dict[str, Any]:
    """What stands below a text box: the text as readers see it, its length, the age it asks for, and what is wrong."""
    rendered = markdown.render(text)
    pictures = writing.pictures() if "(picture:" in text else {}
    sources = writing.sources() if source_notes(text) else {}
    wrong = texts.faults(text, pictures, sources) if text else []
    if "](" in text or "]:" in text:
        wrong = sorted([*wrong, *link_faults.in_text(text, writing.fault_of_link)], key=lambda fault: fault.line)
    if texts_filled_in.needs_filling(rendered):
        # Many boxes stand on one page: those with the same text share the names of their footnotes.
        rendered = texts_filled_in.fill(rendered, f"{zlib.crc32(text.encode()):x}", sources, pictures)
    if "{" in text:
        figures = writing.figures()
        wrong = sorted([*wrong, *figure_names.faults_by_line(text, figures)], key=lambda fault: fault.line)
        rendered, text = figures_in_texts.fill(rendered, figures, escape), figures_in_texts.fill(text, figures)
    return {"html": rendered, "reading": measure(text), "faults": wrong}
