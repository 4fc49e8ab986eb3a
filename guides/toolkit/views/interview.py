"""Interviews: the questions, a sheet to print, and practice."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from .. import interviews
from ..models import InterviewQuestion
from ..shown import Shown, faults_by_field
from .common import SAVING, asked, attachment, file_name, status_of, workplace


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


class DeckForm(forms.Form):
    """Which questions are wanted; nothing chosen means all of them."""

    group = forms.MultipleChoiceField(choices=InterviewQuestion.Group.choices, required=False)
    difficulty = forms.MultipleChoiceField(choices=InterviewQuestion.Difficulty.choices, required=False)


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
def practice(request, reading, desk):
    """One question after the other. The deck, the answers and the ratings travel with the form."""
    rows = list(reading.guide.interviewquestions.all())
    if desk.form is None or "start" in request.POST:
        return start(request, reading, desk)
    deck, action = interviews.read(desk.form, rows), request.POST.get("do", "")
    if action in SAVING and not deck.faults:
        desk.save(action)
    if action == "download":
        return attachment(_written(deck, rows), "text/plain; charset=utf-8", file_name("txt", _("interview answers")))
    shows_outline = action == "outline"
    if deck.current and not deck.faults:
        if action in interviews.RATINGS:
            deck.rate(action)
        elif action == "skip":
            deck.skip()
    return card(request, reading, desk, rows, deck, shows_outline)


def start(request, reading, desk):
    """The form that makes up a deck, or with a choice sent the deck's first card."""
    if request.method != "POST":
        context = {
            "guide": reading.guide,
            "groups": InterviewQuestion.Group.choices,
            "difficulties": InterviewQuestion.Difficulty.choices,
            "minutes": interviews.MINUTES,
            "count": len(reading.guide.interviewquestions.all()),
            "desk": desk,
        }
        return render(request, "toolkit/practice_start.html", context)
    chosen = wanted(reading, request.POST)
    deck = interviews.read(request.POST, chosen)
    deck.waiting, deck.done, deck.ratings = [row.slug for row in chosen], [], {}
    return card(request, reading, desk, chosen, deck)


def card(request, reading, desk, rows, deck, shows_outline=False):
    """The question that is asked now, or what came of the practice."""
    by_slug = {row.slug: row for row in rows}
    question = by_slug.get(deck.current)
    name = f"answer.{deck.current}"
    context = {
        "guide": reading.guide,
        "deck": deck,
        "desk": desk,
        "question": question,
        "answer": Shown(
            name, _("Your answer"), deck.answers.get(deck.current, ""), "", deck.faults.get(name, ""), "", 7, focus=True
        ),
        "faults": faults_by_field(deck.faults),
        "shows_outline": shows_outline,
        "left": len(deck.waiting),
        "reviewed": [(by_slug[slug], deck.answers.get(slug, "")) for slug in deck.done if slug in by_slug],
    }
    whole = "toolkit/_practice_card.html" if request.htmx else "toolkit/practice.html"
    return render(request, whole, context, status=status_of(desk, deck.faults))


def _written(deck, rows):
    """The answers as text to keep."""
    return "\n".join(
        f"{row.question}\n\n{deck.answers[row.slug]}\n\n" for row in rows if deck.answers.get(row.slug)
    ).encode()
