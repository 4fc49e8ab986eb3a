"""The passages of a guide: each paragraph, row and figure of its live edition, made once an edition and process."""

import re
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from guides import formats
from guides.models import Edition, Figure, Route, Section, Source
from guides.models.markdown import outside_addresses
from guides.reading import reader
from guides.reading.reader import Reading

from .passages import Body, FigureShown, Passage, SourceLine

PARAGRAPH = re.compile(r"(?<=</p>)|(?<=</ul>)|(?<=</ol>)|(?<=</table>)")
# Of so many guides the passages are kept ready.
KEPT = 200
# The passages by edition and what its content is.
_ready: dict[tuple[int, str], Body] = {}


def of_edition(edition: Edition) -> Body:
    """Return the passages of an edition; of one whose content was read before, at once."""
    return _ready.get((edition.pk, edition.content_hash)) or _made(edition)


def _made(edition: Edition) -> Body:
    body = of_reading(reader.of(edition))
    while len(_ready) >= KEPT:
        _ready.pop(next(iter(_ready)), None)
    _ready[edition.pk, edition.content_hash] = body
    return body


def live() -> list[Body]:
    """Return the passages of every live guide. One query, and one more for each guide that is new."""
    rows = Edition.objects.live().order_by("guide__title").values_list("pk", "content_hash")
    known = {key: _ready.get((key, content_hash)) for key, content_hash in rows}
    missing = Edition.objects.filter(pk__in=[key for key, body in known.items() if body is None])
    made = {edition.pk: _made(edition) for edition in missing.select_related("guide")}
    return [body or made[key] for key, body in known.items()]


def of_reading(reading: Reading) -> Body:
    """Return the passages of a guide in reading order."""
    guide = reading.guide
    names = [guide.title, guide.short_title, *(other.title for other in guide.titles.all())]
    passages = [passage for section in reading.all_sections() for passage in _Section(section, reading).passages()]
    published = reading.edition.published_at if reading.edition else None
    return Body(
        key=guide.slug,
        title=guide.title,
        short_title=guide.short_title,
        address=guide.get_absolute_url(),
        is_guide=True,
        read_on=date_format(timezone.localtime(published), "DATE_FORMAT") if published else "",
        passages=passages,
        names=[each for each in names if each],
    )


class _Section:
    """The passages of one section."""

    def __init__(self, section: Section, reading: Reading) -> None:
        self.section, self.reading = section, reading
        self.address = reverse("guides:section", args=[reading.guide.slug, section.slug])
        self.sources_page = reverse("guides:sources", args=[reading.guide.slug])
        self.heading = section.heading

    def passages(self) -> Iterator[Passage]:
        section = self.section
        yield self._passage(section.summary, section.body_html if not section.body else "", kind="summary")
        for html in PARAGRAPH.split(section.body_html):
            if text := formats.plain_text(html):
                yield self._passage(text, html)
        yield from self._rows()
        for skill in section.skills.all():
            yield self._passage(skill.detail, "", skill.name, "skill", f"skill-{skill.slug}", skill.other_names())
        for question in section.questions.all():
            answer = formats.plain_text(question.answer_html)
            anchor = f"question-{question.slug}"
            yield self._passage(answer, question.answer_html, question.question, "question", anchor)
        for figure in section.figures.all():
            if figure.leading:
                yield self._figure(figure)
        if section.kind == "titles":
            for title in self.reading.guide.titles.all():
                yield self._passage(title.why, "", title.title, "row")
        if section.kind == "related":
            for career in self.reading.guide.related_careers.all():
                yield self._passage(career.difference, "", career.title, "row")

    def _rows(self) -> Iterator[Passage]:
        section = self.section
        for point in section.points.all():
            yield self._passage(formats.plain_text(point.text_html), point.text_html, point.label, "row")
        for step in section.steps.all():
            text = " ".join(filter(None, [formats.plain_text(step.text_html), step.duration]))
            yield self._passage(text, step.text_html, step.title, "row")
        for route in section.routes.all():
            said = [route.who_it_suits, formats.plain_text(route.text_html), self._takes(route)]
            yield self._passage(
                " ".join(filter(None, said)), route.text_html, route.name, "row", sources=[route.source]
            )
        for level in section.careerlevels.all():
            years = formats.years(level.years_from, level.years_to)
            text = " ".join(filter(None, [f"{years}.", level.work, level.focus]))
            yield self._passage(text, "", level.title, "row", sources=[level.source])
        for link in section.toollinks.all():
            yield self._passage(link.text, "", link.title, "row")

    def _takes(self, route: Route) -> str:
        """What a route takes in time and money."""
        months = formats.months(route.months_from, route.months_to)
        has_cost = route.cost_from is not None or route.cost_to is not None
        cost = formats.money(route.cost_from, route.cost_to, route.currency) if has_cost else route.cost_note
        return " · ".join(filter(None, [months, cost]))

    def _figure(self, figure: Figure) -> Passage:
        observation = figure.leading
        assert observation is not None  # noqa: S101  (asked before)
        unit = {"pay": "a year", "hourly": "an hour"}.get(figure.measure, "") if not figure.is_words else ""
        amount = formats.amount(observation)
        source = SourceLine(
            observation.source.short_name,
            formats.dashes(observation.period),
            f"{self.sources_page}#figure-{figure.slug}",
        )
        is_national = figure.area == "United States"
        measure = f"{figure.measure}:{figure.statistic}"
        if figure.career_level_id:
            measure = f"level:{figure.statistic}"
        elif not is_national or not self._counts_the_job(figure):
            measure = f"other:{figure.slug}"
        return Passage(
            self.section.slug,
            self.heading,
            self.address,
            " ".join(filter(None, [amount, observation.note])),
            figure.label,
            "figure",
            (source,),
            FigureShown(figure.label, amount, unit, observation.note),
            measure,
            [figure.area] if not is_national else [],
        )

    def _counts_the_job(self, figure: Figure) -> bool:
        """Whether a figure speaks of this job, and not of all jobs or of another beside it."""
        own = self.reading.guide.occupation_code
        return not figure.occupation_codes or own in figure.occupation_codes.split()

    def _passage(
        self,
        text: str,
        html: str,
        title: str = "",
        kind: str = "text",
        anchor: str = "",
        aliases: Iterable[str] = (),
        sources: Iterable[Source] = (),
    ) -> Passage:
        cited = [*sources, *self._cited(html)]
        lines = tuple(SourceLine(source.short_name, "", self.sources_page) for source in dict.fromkeys(cited))
        address = f"{self.address}#{anchor}" if anchor else self.address
        return Passage(self.section.slug, self.heading, address, text, title, kind, lines, aliases=tuple(aliases))

    def _cited(self, html: str) -> Iterator[Source]:
        """The sources that a text links to or names in a footnote."""
        if "<a " not in html:
            return
        addresses = outside_addresses(html)
        for source in self.reading.guide.sources:
            if source.url in addresses:
                yield source
