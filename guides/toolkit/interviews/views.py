"""Interviews: the questions, a sheet to print, and practice."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest

from .. import taking_over
from ..downloads import attachment, file_name
from ..forms import cleaned
from ..models import InterviewQuestion
from ..pages import SAVING, asked, render_tool, workplace
from ..workspace import Workspace
from . import deck as decks
from .forms import DeckForm, PracticeForm


@require_safe
@same_for_everyone
def questions(request: HttpRequest, guide: str) -> HttpResponse:
    """Every question of the guide by group, with what is being looked for."""
    reading = reader.live(guide)
    rows = reading.guide.interviewquestions.all()
    context = {"guide": reading.guide, "groups": decks.by_group(rows), "count": len(rows)}
    return render(request, "toolkit/interview.html", context)


def wanted(reading: reader.Reading, query: QueryDict) -> list[InterviewQuestion]:
    """Return the questions that the query string, or a form, asks for."""
    chosen = asked(DeckForm, query)
    return [
        row
        for row in reading.guide.interviewquestions.all()
        if row.group in (chosen["group"] or [row.group])
        and row.difficulty in (chosen["difficulty"] or [row.difficulty])
    ]


@require_safe
@same_for_everyone
def sheet(request: HttpRequest, guide: str) -> HttpResponse:
    """Questions with room to write, for paper."""
    reading = reader.live(guide)
    context = {"guide": reading.guide, "groups": decks.by_group(wanted(reading, request.GET))}
    return render(request, "toolkit/interview_sheet.html", context)


@workplace("interview")
def practice(request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """One question after the other. The deck, the answers and the ratings travel with the form."""
    rows = list(reading.guide.interviewquestions.all())
    action = request.POST.get("do", "")
    sent = cleaned(workspace.sent or {})
    takes_over = (request.method != "POST" or action == "restore") and take_over(sent, rows, workspace)
    if (workspace.sent is None and not takes_over) or "start" in request.POST:
        return start(request, reading, workspace)
    deck = decks.read(sent, rows)
    shows_outline = action == "outline"
    form = PracticeForm(sent, rows, deck.current, shows_outline)
    if action in SAVING and form.is_valid():
        workspace.save(action)
    if action == "download":
        return attachment(_as_text(form, rows), "text/plain; charset=utf-8", file_name("txt", _("interview answers")))
    if deck.current and form.is_valid():
        if action in decks.RATINGS:
            deck.rate(action)
        elif action == "skip":
            deck.skip()
        form = PracticeForm(sent, rows, deck.current, shows_outline)
    return card(request, reading, workspace, rows, deck, form, shows_outline)


def take_over(sent: MultiValueDict[str, str], rows: list[InterviewQuestion], workspace: Workspace) -> bool:
    """Ask first the question that the page names, with what was told elsewhere as its answer; return whether it does.

    What was answered before stays, and the story stands below it.
    """
    told, asked_now = taking_over.words(workspace), taking_over.place_for(workspace)
    if not told or asked_now not in {row.slug for row in rows}:
        return False
    for name in ("waiting", "done"):
        sent[name] = " ".join(slug for slug in sent.get(name, "").split() if slug != asked_now)
    sent["waiting"] = f"{asked_now} {sent['waiting']}"
    name = f"answer.{asked_now}"
    if told not in (before := sent.get(name, "")):
        sent[name] = f"{before.rstrip()}\n\n{told}".lstrip()
    return True


def start(request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """The form that makes up a deck, or with a choice sent the deck's first card."""
    if request.method != "POST":
        choices = DeckForm()
        count = len(reading.guide.interviewquestions.all())
        choices.fields["group"].help_text = _("Without a choice, all %(count)d.") % {"count": count}
        context = {"guide": reading.guide, "form": choices, "workspace": workspace}
        return render(request, "toolkit/practice_start.html", context)
    chosen = wanted(reading, request.POST)
    deck = decks.read(request.POST, chosen)
    deck.waiting, deck.done, deck.ratings = [row.slug for row in chosen], [], {}
    form = PracticeForm(cleaned(request.POST), chosen, asked=deck.current)
    return card(request, reading, workspace, chosen, deck, form)


def card(
    request: HtmxHttpRequest,
    reading: reader.Reading,
    workspace: Workspace,
    rows: list[InterviewQuestion],
    deck: decks.Deck,
    form: PracticeForm,
    shows_outline: bool = False,
) -> HttpResponse:
    """The question that is asked now, or what came of the practice."""
    by_slug = {row.slug: row for row in rows}
    answers = form.answers
    missing = None if deck.current else deck.missing(answers)
    context = {
        "take": taking_over.asked_for(workspace) if request.method != "POST" else "",
        "missing": by_slug.get(missing or ""),
        "missing_is_rated": deck.ratings.get(missing or "") == "fair",
        "guide": reading.guide,
        "deck": deck,
        "question": by_slug[deck.current] if deck.current else None,
        "answer": form[f"answer.{deck.current}"] if deck.current else None,
        "answers": answers,
        "form": form,
        "shows_outline": shows_outline,
        "left": len(deck.waiting),
        "reviewed": [(by_slug[slug], answers.get(slug, "")) for slug in deck.done if slug in by_slug],
    }
    return render_tool(request, workspace, ("practice", "_practice_card"), context, form)


def _as_text(form: PracticeForm, rows: list[InterviewQuestion]) -> bytes:
    """The answers as text to keep."""
    answers = form.answers
    return "\n".join(f"{row.question}\n\n{answers[row.slug]}\n\n" for row in rows if row.slug in answers).encode()
