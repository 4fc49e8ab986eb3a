"""The check before publishing: errors stop it, warnings inform."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides.reading.reader import Reading

from .. import freezing
from ..models import Edition, Section
from ..reading import reader
from ..registry import tools
from . import figures_by_hand, links, picture_weights, references, texts
from .diff import own_name
from .link_faults import Coming, Destinations, fault_of_link
from .places import Plain, headings_in
from .readability import measure

# Whether it stops publishing, what is wrong, and where it is mended: see Problem.
Finding = tuple[bool, str, str]
MOST_WORDS = 450
OLDEST_READER = 16


@dataclass(frozen=True)
class Problem:
    """Something to mend before publishing (`stops`) or to know of; `slug` is the section's, empty for the guide.

    `at` says where on the screen of the section or the guide: a field, a list of rows, or a row of it by its place,
    `points/0`; figures and pictures by their short names. Other titles and related careers are the guide's lists.
    """

    stops: bool
    place: str
    slug: str
    message: str
    at: str = ""


def check(edition: Edition, coming: Coming | None = None) -> list[Problem]:
    """Return the Problems of an edition, errors first, otherwise in reading order.

    `coming` names guides that go live with it, by slug, and the slugs of the sections that each will have.
    """
    reading, content = reader.of(edition), edition.content
    destinations = Destinations(coming)
    problems = []
    if not reading.guide.summary:
        problems.append(Problem(True, _("Guide details"), "", _("The guide has no summary."), "summary"))
    if not reading.sections:
        problems.append(Problem(True, _("Guide details"), "", _("The guide has no sections."), "sections"))
    for section in reading.all_sections():
        checks = (_emptiness(section), _texts(section, reading, destinations), _figures(section))
        problems += [
            Problem(stops, section.heading, section.slug, said, at) for part in checks for stops, said, at in part
        ]
    problems += _unread(content, reading)
    for place, stops, message, picture in picture_weights.findings(reading):
        heading, slug = (place.heading, place.slug) if place else (_("Guide details"), "")
        at = f"pictures/{picture}" if picture else "body" if slug else ""
        problems.append(Problem(stops, heading, slug, message, at))
    problems += _names(edition, content, coming or {})
    by_hand = figures_by_hand.faults(content, freezing.figures_of(reading.guide))
    problems += [Problem(True, fault.place, fault.section, fault.message) for fault in by_hand]
    return sorted(problems, key=lambda problem: not problem.stops)


def _unread(content: Plain, reading: Reading) -> Iterator[Problem]:
    """What of its texts does not reach readers as it was typed; what figures say in them nobody typed."""
    pictures = {picture.slug for picture in reading.guide.pictures.all()}
    sources = {source.slug for source in reading.guide.sources}
    headings, numbers = headings_in(content["objects"]), _numbers(content["objects"])
    for plain, text in texts.of_content(content):
        fields = plain["fields"]
        is_section = plain["model"] == "guides.section"
        slug = fields["slug"] if is_section else fields["section"][-1]
        for fault in texts.faults(text, pictures, sources):
            said = str(fault) if is_section else f"{own_name(plain)}: {fault}"
            yield Problem(fault.stops, headings[slug], slug, said, "body" if is_section else numbers[id(plain)])


def _numbers(objects: list[Plain]) -> dict[int, str]:
    """The rows of sections, each by its list and its place there, by the identity of the plain object."""
    counted: Counter[tuple[str, str]] = Counter()
    numbers = {}
    for plain in objects:
        section = plain["fields"].get("section")
        if section:
            rows = f"{plain['model'].partition('.')[2]}s"
            numbers[id(plain)] = f"{rows}/{counted[section[-1], rows]}"
            counted[section[-1], rows] += 1
    return numbers


def _names(edition: Edition, content: Plain, coming: Coming) -> Iterator[Problem]:
    """What the edition names and does not hold, and what other live guides link to and it holds no longer."""
    for place, name in references.dangling(content):
        yield Problem(True, place, "", _("There is no %(name)s in this guide.") % {"name": references.described(name)})
    for left in references.left_behind(edition, coming):
        said = _("'%(place)s' links to what this edition no longer has. Change and publish that guide first.")
        yield Problem(True, _("Guide details"), "", said % {"place": left})


def errors(edition: Edition, coming: Coming | None = None) -> list[Problem]:
    """Return the Problems that stop publishing; `coming` as in `check`."""
    return [problem for problem in check(edition, coming) if problem.stops]


def _emptiness(section: Section) -> Iterator[Finding]:
    """A section that says nothing, or not what it says while it is closed."""
    if section.parent_id is None and not section.summary:
        yield True, _("The section has no summary: closed, it would show nothing."), "summary"
    rows = section.kind_info.rows
    shows_rows = bool(rows and getattr(section, rows).all())
    if section.kind == "related":
        careers = section.guide.related_careers.all()
        shows_rows = bool(careers)
        for career in careers:
            if not career.difference:
                yield (
                    True,
                    _("The related career '%(career)s' does not say how it differs.") % {"career": career},
                    "related_careers",
                )
    if section.kind == "titles":
        shows_rows = bool(section.guide.titles.all())
    if rows == "toollinks" and shows_rows:
        offered = tools.offered(section.guide)
        hidden = [link for link in section.toollinks.all() if link.tool not in offered]
        shows_rows = len(hidden) < len(section.toollinks.all())
        for link in hidden:
            yield (
                False,
                _("'%(title)s' is hidden from readers: this guide has nothing for it yet.") % {"title": link},
                rows,
            )
    at = {"related": "related_careers", "titles": "titles"}.get(section.kind) or rows or "body"
    if not (section.body.strip() or section.parts or shows_rows):
        yield True, _("The section is empty: it has neither text nor rows nor parts."), at
    elif rows and not shows_rows:
        yield False, _("The section holds no rows yet."), at


def _figures(section: Section) -> Iterator[Finding]:
    """Figures that readers could not trust."""
    for figure in section.figures.all():
        leading = figure.leading
        if leading is None:
            said = _("The figure '%(figure)s' has no observation, so no value and no source.")
            yield True, said % {"figure": figure}, f"figures/{figure.slug}"
        elif leading.is_due and leading.review_after:
            day = leading.review_after.isoformat()
            words = {"figure": figure, "day": day}
            yield (
                False,
                _("The figure '%(figure)s' is past its review date, %(day)s.") % words,
                f"figures/{figure.slug}",
            )


def _texts(section: Section, reading: Reading, destinations: Destinations) -> Iterator[Finding]:
    """Links that lead nowhere, and texts too long or too hard."""
    for at, text in texts.of_section(section):
        for link in links.addresses(text):
            if fault := fault_of_link(link, reading, destinations):
                yield True, fault, at
    size = measure(section.body)
    if size.words > MOST_WORDS:
        words = {"words": size.words, "most": MOST_WORDS}
        yield False, _("The text is long for one page: %(words)s words, where %(most)s are plenty.") % words, "body"
    if size.age is not None and size.age > OLDEST_READER:
        yield (
            False,
            _("The text asks for a reader of %(age)s years: shorter sentences help.") % {"age": size.age},
            "body",
        )
