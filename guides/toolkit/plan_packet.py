"""A plan's packet as a PDF: all of it but the guide's own text, which the page prints."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides import formats
from guides.models import Figure, Route
from guides.plan import item_types
from guides.plan.access import PlanRequest, with_plan
from guides.plan.models import Application, Plan, PlanDate, PlanItem, SavedStep, Task
from guides.plan.packet import Packet, Part
from guides.plan.summaries import Tasks, checklists
from guides.plan.views.packet import asked_for
from guides.readiness.models import KeptResult
from guides.readiness.results import read_all
from guides.readiness.skills_gap import GapResult
from guides.templatetags.guides import cost

from .documents.blocks import Block, Code, Document, EntryHeading, Head, Heading, Points, Text
from .documents.pdf import pdf
from .downloads import attachment, file_name
from .kept import documents
from .models import KeptDocument


@require_safe
@with_plan
def packet_file(request: PlanRequest, plan: Plan) -> HttpResponse:
    """The packet that the address asks for, as its page shows it."""
    packet, _form = asked_for(request, plan)
    name = packet.guide.name if packet.guide else ""
    return attachment(pdf(document(packet)), "application/pdf", file_name("pdf", _("packet"), name))


def document(packet: Packet) -> Document:
    """Return the packet as a document."""
    title = packet.guide.name if packet.guide else _("My plan")
    as_of = _("As of %(day)s.") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")}
    return Document(title, blocks=[Head(title, as_of), *_blocks(packet)])


def _blocks(packet: Packet) -> Iterator[Block]:
    if Part.SUMMARY in packet.parts:
        yield from _summary(packet)
    if Part.RESULTS in packet.parts:
        yield from _results(item_types.items_of(packet.items, KeptResult))
    for kind, rows in packet.shown:
        if kind.packet_part == Part.STORIES:
            yield from _texts(str(kind.name), rows)
    if Part.PLAN in packet.parts:
        yield from _plan(packet)
    if Part.LOG in packet.parts:
        yield Heading(_("Application log"))
        for application in packet.applications:
            yield from _application(application)
    if Part.DOCUMENTS in packet.parts:
        for kept, made in documents(item_types.items_of(packet.items, KeptDocument)):
            yield from _nested(made, kept.name)
    yield Heading(_("Addresses"))
    for place in packet.addresses:
        yield Code(place.name, place.address, place.picture.svg if place.picture else "")


def _texts(name: str, items: Sequence[PlanItem]) -> Iterator[Block]:
    """Items that are told in texts of their own: their titles, and each text behind its label."""
    yield Heading(name)
    for item in items:
        yield EntryHeading(item.title)
        yield from (Text(f"{label}: {text}") for label, text in item.labeled_texts() if text)


def _nested(made: Document, name: str) -> Iterator[Block]:
    """A resume or a letter inside the packet: its name as a heading, its own headings below."""
    yield Heading(name)
    for block in made.blocks:
        if isinstance(block, Head):
            yield Text("\n".join(filter(None, [block.name, block.label, *block.contact])))
        elif isinstance(block, Heading):
            yield EntryHeading(block.text)
        else:
            yield block


def _summary(packet: Packet) -> Iterator[Block]:
    if packet.reading:
        yield Heading(_("Key facts"))
        yield from _points([_fact(figure) for figure in packet.reading.card])
    yield Heading(_("This week"))
    yield from _points([f"{thing.name}. {thing.why}" for thing in packet.week.things])
    if packet.routes or packet.stages:
        yield Heading(_("The route"))
        yield from _points([_route(route) for route in packet.routes] + [_task(task) for task in packet.stages])
    if packet.next_steps:
        yield Heading(_("The next steps"))
        yield from _points([_task(task) for task in packet.next_steps])
    if packet.gaps:
        yield Heading(_("Gaps to close, those that count most first"))
        yield from _points([f"{task.name}. {task.why_worth}".strip() for task in packet.gaps])
    if packet.days_ahead:
        yield Heading(_("The next days"))
        yield from _points([_date(dated) for dated in packet.days_ahead])


def _results(kept: list[KeptResult]) -> Iterator[Block]:
    """Each result with its arithmetic: the points of each weight, or of each question."""
    of = _("%(what)s: %(points)s of %(best)s")
    for each, result in read_all(kept):
        yield Heading(of % {"what": each.title, "points": each.score, "best": 100})
        if isinstance(result, GapResult):
            lines = [(line["name"], line["points"], line["worth"]) for line in result.by_weight]
            lines += [(f"{row.skill.name} ({row.level_name})", row.points, row.worth) for row in result.rated]
        elif result:
            lines = [
                (f"{answer.question.text} {answer.option.text}", answer.points, answer.best)
                for answer in result.answers
            ]
        else:
            lines = []
        yield from _points([of % {"what": what, "points": points, "best": best} for what, points, best in lines])


def _plan(packet: Packet) -> Iterator[Block]:
    lists = [*checklists(packet.items)]
    steps = Tasks("", item_types.items_of(packet.items, SavedStep))
    for name, tasks in [(_("Steps"), steps.all), *lists]:
        if tasks:
            yield Heading(str(name))
            yield from _points([_task(task) for task in tasks if isinstance(task, Task)])
    if packet.dates:
        yield Heading(_("Dates"))
        yield from _points([_date(dated) for dated in packet.dates])
    if packet.notes:
        yield Heading(_("Notes"))
        yield from (Text(note.text) for note in packet.notes)


def _application(application: Application) -> Iterator[Block]:
    """Every column of the log."""
    yield EntryHeading(application.post, application.employer, str(application.get_status_display()))
    lines = [_date(dated) for dated in application.all_dates()]
    lines += ["; ".join([str(each), *each.details()]) for each in (*application.interviews(), *application.contacts())]
    if application.contact:
        lines.append(_("Contact: %(contact)s") % {"contact": application.contact})
    if sent := application.document_list():
        lines.append(_("Sent: %(documents)s") % {"documents": ", ".join(sent)})
    yield from _points([*lines, *filter(None, [application.link, application.note])])


def _points(lines: list[str]) -> list[Block]:
    """Lines that hold something, as points: a list without any is no list."""
    filled = tuple(line for line in lines if line.strip())
    return [Points(filled)] if filled else []


def _fact(figure: Figure) -> str:
    """A figure of the card with its source and period."""
    observation = figure.leading
    if observation is None:
        return ""
    source = f"{observation.source.short_name}, {formats.dashes(observation.period)}"
    return f"{figure.label}: {formats.amount(observation)} ({source})"


def _route(route: Route) -> str:
    """A route with its time and its cost, which are estimates."""
    facts = ", ".join(filter(None, [formats.months(route.months_from, route.months_to), cost(route)]))
    return f"{route.name}: {facts} ({_('estimate')})" if facts else route.name


def _date(dated: PlanDate) -> str:
    return f"{date_format(dated.on, 'SHORT_DATE_FORMAT')}  {dated.text}"


def _task(task: Task) -> str:
    """A task with its day, and a box to tick."""
    if task.done_on:
        return f"{task.name} ({_('done %(day)s') % {'day': date_format(task.done_on, 'SHORT_DATE_FORMAT')}})"
    due = f" ({_('by %(day)s') % {'day': date_format(task.due_on, 'SHORT_DATE_FORMAT')}})" if task.due_on else ""
    return f"{task.name}{due}"
