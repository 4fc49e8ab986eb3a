"""Interviews: the questions, a sheet to print, and practice."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from .. import interviews
from ..forms import ToolForm, cleaned
from ..models import InterviewQuestion
from .common import SAVING, Workspace, asked, attachment, file_name, render_tool, workplace


@require_safe
@same_for_everyone
def questions(request, guide):
    """Every question of the guide by group, with what is being looked for."""
    reading = reader.live(guide)
    rows = reading.guide.interviewquestions.all()
    return render(
        request,
        "toolkit/interview.html",
        {"guide": reading.guide, "groups": interviews.by_group(rows), "count": len(rows)},
    )


class DeckForm(ToolForm):
    """Which questions are wanted; nothing chosen means all of them."""

    group = forms.MultipleChoiceField(
        label=gettext_lazy("Which questions?"),
        choices=InterviewQuestion.Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    difficulty = forms.MultipleChoiceField(
        label=gettext_lazy("How hard?"),
        choices=InterviewQuestion.Difficulty.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("Minutes for an answer"),
        choices=[(str(number), str(number)) for number in interviews.MINUTES],
        required=False,
        initial="2",
        widget=forms.RadioSelect,
    )


def wanted(reading, query):
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
def sheet(request, guide):
    """Questions with room to write, for paper."""
    reading = reader.live(guide)
    context = {"guide": reading.guide, "groups": interviews.by_group(wanted(reading, request.GET))}
    return render(request, "toolkit/interview_sheet.html", context)


@workplace("interview")
def practice(request: HttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """One question after the other. The deck, the answers and the ratings travel with the form."""
    rows = list(reading.guide.interviewquestions.all())
    if workspace.sent is None or "start" in request.POST:
        return start(request, reading, workspace)
    sent = cleaned(workspace.sent)
    deck, action = interviews.read(sent, rows), request.POST.get("do", "")
    form = interviews.AnswersForm(sent, rows, asked=deck.current)
    if action in SAVING and form.is_valid():
        workspace.save(action)
    if action == "download":
        return attachment(_written(form, rows), "text/plain; charset=utf-8", file_name("txt", _("interview answers")))
    if deck.current and form.is_valid():
        if action in interviews.RATINGS:
            deck.rate(action)
        elif action == "skip":
            deck.skip()
        form = interviews.AnswersForm(sent, rows, asked=deck.current)
    return card(request, reading, workspace, rows, deck, form, shows_outline=action == "outline")


def start(request: HttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """The form that makes up a deck, or with a choice sent the deck's first card."""
    if request.method != "POST":
        form = DeckForm()
        count = len(reading.guide.interviewquestions.all())
        form.fields["group"].help_text = _("Without a choice, all %(count)d.") % {"count": count}
        context = {"guide": reading.guide, "form": form, "workspace": workspace}
        return render(request, "toolkit/practice_start.html", context)
    chosen = wanted(reading, request.POST)
    deck = interviews.read(request.POST, chosen)
    deck.waiting, deck.done, deck.ratings = [row.slug for row in chosen], [], {}
    form = interviews.AnswersForm(cleaned(request.POST), chosen, asked=deck.current)
    return card(request, reading, workspace, chosen, deck, form)


def card(
    request: HttpRequest,
    reading: reader.Reading,
    workspace: Workspace,
    rows: list[InterviewQuestion],
    deck: interviews.Deck,
    form: interviews.AnswersForm,
    shows_outline: bool = False,
) -> HttpResponse:
    """The question that is asked now, or what came of the practice."""
    by_slug = {row.slug: row for row in rows}
    answers = form.answers
    context = {
        "guide": reading.guide,
        "deck": deck,
        "question": by_slug.get(deck.current),
        "answer": form[f"answer.{deck.current}"] if deck.current else None,
        "answers": answers,
        "form": form,
        "shows_outline": shows_outline,
        "left": len(deck.waiting),
        "reviewed": [(by_slug[slug], answers.get(slug, "")) for slug in deck.done if slug in by_slug],
    }
    return render_tool(request, workspace, ("practice", "_practice_card"), context, form)


def _written(form: interviews.AnswersForm, rows: list[InterviewQuestion]) -> bytes:
    """The answers as text to keep."""
    answers = form.answers
    return "\n".join(f"{row.question}\n\n{answers[row.slug]}\n\n" for row in rows if row.slug in answers).encode()
