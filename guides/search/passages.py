"""What a guide, or another entry, puts into the index: its names, and every place in it that a search can lead to."""

import re
from collections.abc import Iterator, Sequence

from django.urls import reverse

from guides.reading.reader import Reading

from .. import formats
from ..models import Entry, Name, Passage, Section
from ..registry.content_models import CONTENT_MODELS
from ..registry.search_sources import SearchEntry, SearchPlace
from ..registry.tools import offered
from .topics import CALLED
from .words import stem, stems, words

APART = " · "
# 'Administrative Assistant (Admin Assistant)' is both.
PARENTHESIS = re.compile(r"\([^)]*\)")
# Ends the title of what no occupation of its own counts.
REST = "All Other"


def names_of(title: str, others: Sequence[str]) -> list[Name]:
    """Return the names of an entry, each set of words once, not saved."""
    names: dict[str, Name] = {}
    titles = [title, *_main_titles(title)]
    for text in (*titles, *others, *(PARENTHESIS.sub(" ", other) for other in others)):
        said = words(text)
        own = list(dict.fromkeys(map(stem, said)))
        key = " ".join(own)[:300]
        if key and key not in names:
            names[key] = Name(text=text[:250], stems=key, is_title=text in titles, length=len(own))
            names[key].words = frozenset(said)
    return list(names.values())


def _main_titles(title: str) -> list[str]:
    """Return what a title says before it says what it leaves out, or names others: 'Architects, Except Naval'.

    What a list begins with is no title: 'Child, Family, and School Social Workers'.
    """
    head, comma, rest = title.partition(",")
    return [head] if comma and REST not in rest and head.endswith("s") else []


def guide_entry(reading: Reading) -> tuple[Entry, list[Name], list[Passage]]:
    """Return a guide's entry, names and passages in reading order, not saved."""
    guide = reading.guide
    entry = Entry(
        source=Entry.GUIDES,
        key=guide.slug,
        title=guide.title,
        address=reverse("guides:guide", args=[guide.slug]),
        code=guide.occupation_code,
        weight=1.0,
    )
    others = [other.title for other in guide.titles.all()]
    return entry, names_of(guide.title, [guide.short_title, *others]), _passages_of(reading, entry.address)


def declared_entry(source: str, given: SearchEntry) -> tuple[Entry, list[Name], list[Passage]]:
    """Return the entry, names and passages of what an app declared, not saved."""
    entry = Entry(source=source, key=given.key, title=given.title, address=given.address)
    entry.code, entry.weight = given.code, given.weight
    # What people call it stands before its own title: where that was typed, it says why this is what was found.
    rows = [_passage(Passage.Kind.NAME, name, why, [], given.address, CALLED) for name, why in given.called]
    rows += [_passage(Passage.Kind.ENTRY, given.title, given.text, [], given.address)]
    rows += [_place(place, given) for place in given.places]
    names = [*given.names, *(name for name, _why in given.called)]
    return entry, names_of(given.title, names), _placed(rows)


def _place(place: SearchPlace, given: SearchEntry) -> Passage:
    """Return the passage of a place on an entry's page. One that answers a topic is found by that alone: a thousand
    occupations say what they pay, and 'pay' asks for none of them."""
    kind, context = Passage.Kind.SECTION, [given.title]
    row = _passage(kind, place.title, place.text, context, given.address, place.topic, place.anchor)
    if place.topic:
        row.title_stems = row.context_stems = row.text_stems = ""
    return row


def _placed(rows: list[Passage]) -> list[Passage]:
    for position, row in enumerate(rows):
        row.position = position
    return rows


def _passages_of(reading: Reading, address: str) -> list[Passage]:
    guide = reading.guide
    names = [guide.title, guide.short_title, *(other.title for other in guide.titles.all())]
    rows = [_passage(Passage.Kind.GUIDE, guide.title, guide.summary, names, address)]
    rows += [_passage(Passage.Kind.NAME, other.title, other.why, names, address) for other in guide.titles.all()]
    for section in reading.all_sections():
        rows += _of_section(section, reading, names)
    for tool in offered(guide).values():
        rows.append(_passage(Passage.Kind.TOOL, str(tool.name), str(tool.about), names, tool.url(guide)))
    return _placed(rows)


def _passage(
    kind: Passage.Kind,
    title: str,
    text: str,
    context: Sequence[str],
    address: str,
    section: str = "",
    anchor: str = "",
) -> Passage:
    """Return one passage; `context` is what it may be found by though it does not say so itself."""
    in_title, in_text = words(title), words(text)
    passage = Passage(
        kind=kind,
        section=section,
        anchor=anchor,
        address=f"{address}#{anchor}" if anchor else address,
        title=title[:200],
        text=text,
        title_stems=" ".join(map(stem, in_title)),
        context_stems=" ".join(dict.fromkeys(stems(" ".join(context)))),
        text_stems=" ".join(map(stem, in_text)),
    )
    passage.words = frozenset(in_title).union(in_text)
    return passage


def _of_section(section: Section, reading: Reading, names: Sequence[str]) -> Iterator[Passage]:
    """Yield the passage of a section, then those of its skills and questions."""
    guide, slug = reading.guide, section.slug
    address = reverse("guides:section", args=[guide.slug, slug])
    context = [*names, section.parent.heading] if section.parent else names
    text = APART.join(filter(None, [section.summary, formats.plain_text(section.body_html), *_rows(section, reading)]))
    yield _passage(Passage.Kind.SECTION, section.heading, text, context, address, slug, slug)
    for skill in section.skills.all():
        text = APART.join(filter(None, [skill.detail, ", ".join(skill.other_names())]))
        aliases = [*names, *skill.other_names()]
        yield _passage(Passage.Kind.SKILL, skill.name, text, aliases, address, slug, f"skill-{skill.slug}")
    for question in section.questions.all():
        anchor = f"question-{question.slug}"
        answer = formats.plain_text(question.answer_html)
        yield _passage(Passage.Kind.QUESTION, question.question, answer, names, address, slug, anchor)


def _rows(section: Section, reading: Reading) -> Iterator[str]:
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
        for career in reading.guide.related_careers.all():
            yield f"{career.title}: {career.difference}"
    for content in CONTENT_MODELS:
        if content.text and content.parent == "section":
            yield from (content.text(row) for row in getattr(section, content.related_name).all())
