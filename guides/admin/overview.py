"""A guide at one glance: what it has, what is missing, and the next step to readers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import freezing, registry
from ..models import Edition, Feedback, Figure, Guide, LinkVisit, PageCount, Report, Section
from ..publishing import checks, editions, new_guides, outside_links, standing
from ..registry.overview import Item, Lack, Part, change_url
from . import mending
from .figures import leading_text, review_text

# A part that can be there or not is a step on the way to readers; these are what must be there.
DETAILS, OUTLINE = "details", "outline"


@dataclass(frozen=True)
class Overview:
    """A guide's draft with its Parts, the sections' states by slug, and the checks' problems by section."""

    guide: Guide
    draft: Edition
    live: Edition | None
    states: dict[str, str]
    unread: dict[str, str]
    problems: list[checks.Problem]
    parts: list[Part] = field(default_factory=list)

    @cached_property
    def stops(self) -> list[Lack]:
        """What keeps the guide from being published."""
        return [lack for part in self.parts for lack in part.lacks if lack.stops]

    @cached_property
    def done(self) -> int:
        """How many parts lack nothing."""
        return sum(not part.lacks for part in self.parts)

    @cached_property
    def is_seen(self) -> bool:
        """Whether readers see the draft as it is."""
        return self.live is not None and self.live.content_hash == self.draft.content_hash

    @cached_property
    def next_step(self) -> Lack | None:
        """What to do next: what must be there, then the way to readers; None where readers see all of it."""
        if self.stops:
            return self.stops[0]
        if self.unread:
            return next(lack for part in self.parts for lack in part.lacks if lack.is_unread)
        if self.is_seen:
            return None
        url = reverse("admin:guides_guide_draft", args=[self.guide.pk])
        return Lack(_("Nothing keeps it from readers: look over what changes, and submit or publish it."), url)


def of(guide: Guide) -> Overview:
    """Return the Overview of a guide as its draft stands."""
    draft = editions.newest(guide)
    if draft is None:
        draft = Edition(guide=guide, number=0)
        draft.content = freezing.freeze(guide)
    live = guide.editions.live().first()
    states, unread = standing.of_sections(draft, live), new_guides.unread(draft)
    overview = Overview(guide, draft, live, states, unread, checks.check(draft))
    overview.parts.extend(_own(overview))
    overview.parts.extend(part for parts in registry.each("overview") for part in parts(guide))
    return overview


def _own(overview: Overview) -> Iterator[Part]:
    """Yield what of a guide is in no app's hands."""
    guide = overview.guide
    sections = {section.slug: section for section in guide.sections.all()}
    yield _details(overview, sections)
    yield _outline(overview, sections)
    yield _figures(overview, sections)
    yield _links(overview.live, guide)
    yield _reports(guide, sections)
    yield _feedback(guide, sections)


def _details(overview: Overview, sections: dict[str, Section]) -> Part:
    guide = overview.guide
    url = change_url(guide)
    lacks = [
        Lack(
            problem.message if not problem.slug else f"{problem.place}: {problem.message}",
            mending.address(problem, guide, None),
            problem.stops,
        )
        for problem in overview.problems
        if problem.slug not in sections
    ]
    if not guide.titles.all():
        said = _("No other titles: who searches for the job by another name does not find it.")
        lacks.append(Lack(said, f"{url}#titles-group"))
    if "" in overview.unread:
        said = _("It still has the day on which “%(guide)s” was reviewed: choose the day on which this one was.")
        lacks.append(Lack(said % {"guide": overview.unread[""]}, f"{url}#id_reviewed_on", is_unread=True))
    items = [Item(_("Reviewed on"), f"{url}#id_reviewed_on", date_format(guide.reviewed_on, "Y-m-d"))]
    return Part(DETAILS, _("Guide details"), items, lacks)


def _outline(overview: Overview, sections: dict[str, Section]) -> Part:
    lacks = [
        Lack(f"{problem.place}: {problem.message}", _mended(overview, sections, problem), problem.stops)
        for problem in overview.problems
        if problem.slug in sections and not _is_of_figure(problem)
    ]
    said = _("%(section)s: still word for word as in “%(guide)s”. Read it for this job, or mark it as reviewed.")
    lacks += [
        Lack(said % {"section": section.heading, "guide": title}, change_url(section), is_unread=True)
        for slug, title in overview.unread.items()
        if (section := sections.get(slug))
    ]
    items = [
        Item(section.heading, change_url(section), overview.states.get(slug, "")) for slug, section in sections.items()
    ]
    add = f"{reverse('admin:guides_section_add')}?{urlencode({'guide': overview.guide.pk})}"
    return Part(OUTLINE, _("Sections"), items, lacks, _("Add a section"), add)


def _mended(overview: Overview, sections: dict[str, Section], problem: checks.Problem) -> str:
    return mending.address(problem, overview.guide, sections.get(problem.slug))


def _is_of_figure(problem: checks.Problem) -> bool:
    return problem.at.startswith("figures/")


def _figures(overview: Overview, sections: dict[str, Section]) -> Part:
    guide = overview.guide
    figures = Figure.objects.filter(section__guide=guide).prefetch_related("observations__source")
    items, is_on_card = [], False
    lacks = [
        Lack(f"{problem.place}: {problem.message}", _mended(overview, sections, problem), problem.stops)
        for problem in overview.problems
        if problem.stops and _is_of_figure(problem)
    ]
    for figure in figures.order_by("section__position", "position", "pk"):
        said = (
            f"{leading_text(figure)}; {_('review')} {review_text(figure)}" if figure.leading else leading_text(figure)
        )
        items.append(Item(figure.label, change_url(figure), said))
        is_on_card = is_on_card or figure.on_card
        if figure.leading and figure.leading.is_due:
            words = {"figure": figure.label, "day": date_format(figure.leading.review_after, "Y-m-d")}
            lacks.append(
                Lack(_("%(figure)s: past its review date, %(day)s; readers see a mark.") % words, change_url(figure))
            )
    add = f"{reverse('admin:guides_figure_add')}?{urlencode({'guide': guide.pk})}"
    if not is_on_card:
        lacks.insert(0, Lack(_("No figure is on the key facts card: it is missing at the top, and in lists."), add))
    return Part("figures", _("Figures"), items, lacks, _("Add a figure"), add)


def _links(live: Edition | None, guide: Guide) -> Part:
    """The outside links that do not work, or have moved; of a guide that readers do not see none is visited yet."""
    content = live.content if live else {"sources": [], "objects": []}
    wanted = {url for plain in outside_links.objects_of(content) for url in outside_links.addresses_of(plain)}
    visits = list(LinkVisit.objects.filter(url__in=wanted))
    lacks = [
        Lack(f"{visit.url}: {visit.get_state_display()}", change_url(visit))
        for visit in visits
        if visit.failures or visit.state == LinkVisit.State.MOVED
    ]
    count = len(visits)
    said = ngettext("%(count)d outside link is visited", "%(count)d outside links are visited", count)
    list_url = reverse("admin:guides_linkvisit_changelist")
    return Part("links", _("Outside links"), [Item(said % {"count": count}, list_url)] if count else [], lacks)


def _reports(guide: Guide, sections: dict[str, Section]) -> Part:
    waiting = Report.objects.waiting().filter(guide=guide.slug).order_by("created_at", "pk")
    lacks = []
    for report in waiting:
        section = sections.get(report.section)
        lacks.append(Lack(f"{section or report.section}: {report.text[:140]}", change_url(report)))
    return Part("reports", _("Readers’ reports"), (), lacks)


WORDS_SHOWN, MONTHS_SHOWN, PAGES_SHOWN = 5, 6, 40


def _feedback(guide: Guide, sections: dict[str, Section]) -> Part:
    """How often the guide is read, what readers answered to “Did this help?” by month and by page, and their words."""
    answers = Feedback.objects.filter(guide=guide.slug)
    url = f"{reverse('admin:guides_feedback_changelist')}?{urlencode({'guide': guide.slug})}"
    counts_url = f"{reverse('admin:guides_pagecount_changelist')}?{urlencode({'q': f'/guides/{guide.slug}/'})}"
    counts = PageCount.objects.of_guide(guide.slug)
    items = []
    for days in (7, 28):
        name = ngettext("Read in the last %(days)d day", "Read in the last %(days)d days", days) % {"days": days}
        if times := counts.since(days).total():
            said = ngettext("%(times)d time", "%(times)d times", times) % {"times": times}
            items.append(Item(name, counts_url, said))
    by_month = answers.annotate(month=TruncMonth("received_on")).values_list("month", "helped")
    for month, helped, count in by_month.annotate(count=Count("pk")).order_by("-month", "-helped")[: 2 * MONTHS_SHOWN]:
        items.append(Item(date_format(month, "YEAR_MONTH_FORMAT"), url, _answers(helped, count)))
    by_page = answers.values_list("page", "helped").annotate(count=Count("pk")).order_by("page", "-helped")
    for page, helped, count in by_page[:PAGES_SHOWN]:
        slug = page.removeprefix(f"/guides/{guide.slug}/").strip("/")
        items.append(Item(sections[slug].heading if slug in sections else page, url, _answers(helped, count)))
    for answer in answers.exclude(missing="")[:WORDS_SHOWN]:
        items.append(Item(answer.missing[:140], change_url(answer), date_format(answer.received_on, "Y-m-d")))
    return Part("feedback", _("Did this help?"), items)


def _answers(helped: bool, count: int) -> str:
    """How many said yes, or no."""
    return (_("yes: %(count)d") if helped else _("no: %(count)d")) % {"count": count}
