"""The passages of a guide: every place in it that a search can lead to."""

import re
from html import unescape

from django.utils.html import strip_tags

from .. import formats
from ..models import Passage
from ..registry.content_models import CONTENT_MODELS
from .words import stems

BLOCK_END = re.compile(r"</(?:p|li|h3|h4|blockquote)>|<br ?/?>")
APART = " · "


def plain(html):
    """Return rendered Markdown as plain text on one line."""
    return " ".join(unescape(strip_tags(BLOCK_END.sub(" ", html))).split())


def passages_of(found):
    """Return the passages of a Reading, in reading order, not saved."""
    guide = found.guide
    names = [guide.title, guide.short_title, *(other.title for other in guide.titles.all())]
    rows = [_passage(Passage.Kind.GUIDE, guide.title, guide.summary, names)]
    rows += [_passage(Passage.Kind.NAME, other.title, other.why, names) for other in guide.titles.all()]
    for section in found.all_sections():
        rows += _of_section(section, guide, names)
    for position, row in enumerate(rows):
        row.guide_id, row.position = found.edition.guide_id, position
    return rows


def _passage(kind, title, text, context, section="", anchor=""):
    """Return one passage; `context` is what it may be found by though it does not say so itself."""
    return Passage(
        kind=kind,
        section=section,
        anchor=anchor,
        title=title,
        text=text,
        title_stems=" ".join(stems(title)),
        context_stems=" ".join(dict.fromkeys(stems(" ".join(context)))),
        text_stems=" ".join(stems(text)),
    )


def _of_section(section, guide, names):
    """Yield the passage of a section, then those of its skills and questions."""
    context = [*names, section.parent.heading] if section.parent else names
    text = APART.join(filter(None, [section.summary, plain(section.body_html), *_rows(section, guide)]))
    yield _passage(Passage.Kind.SECTION, section.heading, text, context, section.slug, section.slug)
    for skill in section.skills.all():
        text = APART.join(filter(None, [skill.detail, ", ".join(skill.other_names())]))
        aliases = [*names, *skill.other_names()]
        yield _passage(Passage.Kind.SKILL, skill.name, text, aliases, section.slug, f"skill-{skill.slug}")
    for question in section.questions.all():
        anchor = f"question-{question.slug}"
        answer = plain(question.answer_html)
        yield _passage(Passage.Kind.QUESTION, question.question, answer, names, section.slug, anchor)


def _rows(section, guide):
    """Yield the text of the section's rows, one string each; skills and questions are passages of their own."""
    for point in section.points.all():
        yield f"{point.label}: {plain(point.text_html)}" if point.label else plain(point.text_html)
    for step in section.steps.all():
        yield f"{step.title}: {plain(step.text_html)}"
    for route in section.routes.all():
        yield " ".join([f"{route.name}:", route.who_it_suits, plain(route.text_html)])
    for level in section.careerlevels.all():
        yield f"{level.title}: {level.work} {level.focus}".strip()
    for link in section.toollinks.all():
        yield f"{link.title}: {link.text}"
    for figure in section.figures.all():
        if figure.leading:
            yield f"{figure.label}: {formats.observation(figure.leading)}"
    if section.kind == "related":
        for career in guide.related_careers.all():
            yield f"{career.title}: {career.difference}"
    for content in CONTENT_MODELS:
        if content.text and content.parent == "section":
            yield from (content.text(row) for row in getattr(section, content.related_name).all())
