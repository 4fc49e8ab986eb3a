"""The passages of a guide: every place in it that a search can lead to."""

from collections.abc import Iterator, Sequence

from guides.reading.reader import Reading

from .. import formats
from ..models import Guide, Passage, Section
from ..registry.content_models import CONTENT_MODELS
from .words import stems

APART = " · "


def passages_of(reading: Reading) -> list[Passage]:
    """Return the passages of a Reading, in reading order, not saved."""
    guide = reading.guide
    names = [guide.title, guide.short_title, *(other.title for other in guide.titles.all())]
    rows = [_passage(Passage.Kind.GUIDE, guide.title, guide.summary, names)]
    rows += [_passage(Passage.Kind.NAME, other.title, other.why, names) for other in guide.titles.all()]
    for section in reading.all_sections():
        rows += _of_section(section, guide, names)
    for position, row in enumerate(rows):
        row.guide_id, row.position = reading.published.guide_id, position
    return rows


def _passage(
    kind: Passage.Kind, title: str, text: str, context: Sequence[str], section: str = "", anchor: str = ""
) -> Passage:
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


def _of_section(section: Section, guide: Guide, names: Sequence[str]) -> Iterator[Passage]:
    """Yield the passage of a section, then those of its skills and questions."""
    context = [*names, section.parent.heading] if section.parent else names
    text = APART.join(filter(None, [section.summary, formats.plain_text(section.body_html), *_rows(section, guide)]))
    yield _passage(Passage.Kind.SECTION, section.heading, text, context, section.slug, section.slug)
    for skill in section.skills.all():
        text = APART.join(filter(None, [skill.detail, ", ".join(skill.other_names())]))
        aliases = [*names, *skill.other_names()]
        yield _passage(Passage.Kind.SKILL, skill.name, text, aliases, section.slug, f"skill-{skill.slug}")
    for question in section.questions.all():
        anchor = f"question-{question.slug}"
        answer = formats.plain_text(question.answer_html)
        yield _passage(Passage.Kind.QUESTION, question.question, answer, names, section.slug, anchor)


def _rows(section: Section, guide: Guide) -> Iterator[str]:
    """Yield the text of the section's rows, one string each; skills and questions are passages of their own."""
    for point in section.points.all():
        text = formats.plain_text(point.text_html)
        yield f"{point.label}: {text}" if point.label else text
    for step in section.steps.all():
        yield f"{step.title}: {formats.plain_text(step.text_html)}"
    for route in section.routes.all():
        yield " ".join([f"{route.name}:", route.who_it_suits, formats.plain_text(route.text_html)])
    for level in section.careerlevels.all():
        yield f"{level.title}: {level.work} {level.focus}".strip()
    for link in section.toollinks.all():
        yield f"{link.title}: {link.text}"
    for figure in section.figures.all():
        if figure.leading:
            yield f"{figure.label}: {formats.amount(figure.leading)}"
    if section.kind == "related":
        for career in guide.related_careers.all():
            yield f"{career.title}: {career.difference}"
    for content in CONTENT_MODELS:
        if content.text and content.parent == "section":
            yield from (content.text(row) for row in getattr(section, content.related_name).all())
