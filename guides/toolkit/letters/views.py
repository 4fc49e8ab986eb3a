"""Cover letters: examples, and the page that fills one in."""

from collections.abc import MutableMapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest

from .. import taking_over
from ..downloads import document_file
from ..forms import cleaned
from ..models import CoverLetter
from ..pages import SAVING, ExampleForm, asked, render_tool, workplace
from ..steps import Step, ids
from ..workspace import Workspace
from . import checks, layout
from .draft import with_paragraph
from .forms import LetterForm


@require_safe
@same_for_everyone
def examples(request: HttpRequest, guide: str) -> HttpResponse:
    """Letters for different situations, the places to fill marked."""
    return render(request, "toolkit/letter_examples.html", {"guide": reader.live(guide).guide})


@workplace("letter")
def write(request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """A letter to fill in. Everything typed is in the form and comes back with each answer."""
    if workspace.sent is None:
        example = find(reading, asked(ExampleForm, request.GET)["example"])
        start = {"date": date_format(localdate(), "DATE_FORMAT"), "body": example.body if example else ""}
        take_over(start, workspace)
        return page(request, reading, workspace, LetterForm(cleaned(start)), example)
    example = find(reading, asked(ExampleForm, workspace.sent)["example"], missing_ok=True)
    action, sent = request.POST.get("do", "preview"), workspace.sent.copy()
    if request.method != "POST" or action == "restore":
        take_over(sent, workspace)
    form = LetterForm(cleaned(sent))
    if action in SAVING and form.is_valid():
        workspace.save(action)
    if action in {"pdf", "pdf anyway", "docx", "txt"} and form.is_valid():
        document = layout.document(form.letter)
        if file := document_file(request, form, document, action, _("letter"), form.typed("name")):
            return file
    return page(request, reading, workspace, form, example)


def take_over(fields: MutableMapping[str, str], workspace: Workspace) -> None:
    """Put the paragraph of what was told elsewhere, where the page asks for one, into the letter."""
    if paragraph := taking_over.words(workspace):
        fields["body"] = with_paragraph(fields.get("body", ""), paragraph)


def find(reading: reader.Reading, slug: str, missing_ok: bool = False) -> CoverLetter | None:
    """Return the example with that short name, the first one without a name; None or Http404 where there is none."""
    rows = list(reading.guide.coverletters.all())
    if not slug:
        return next(iter(rows), None)
    example = next((row for row in rows if row.slug == slug), None)
    if example is None and not missing_ok:
        raise Http404
    return example


def page(
    request: HtmxHttpRequest,
    reading: reader.Reading,
    workspace: Workspace,
    form: LetterForm,
    example: CoverLetter | None,
) -> HttpResponse:
    """Render the form with its preview, or the part that HTMX asked for; 422 where something is wrong."""
    letter = form.letter
    document = layout.document(letter)
    context = {
        "guide": reading.guide,
        "example": example,
        "examples": reading.guide.coverletters.all(),
        "form": form,
        "steps": steps(form),
        "blocks": document.blocks,
        "take": taking_over.asked_for(workspace) if request.method != "POST" else "",
        "taken_to": "words" if taking_over.asked_for(workspace) else "",
        "mark_places": True,
        "advice": list(checks.check(letter, document)),
    }
    return render_tool(request, workspace, ("letter_write", "_letter_form"), context, form)


def steps(form: LetterForm) -> list[Step]:
    """The steps of a letter: who writes to whom, the places to fill, the words."""
    places = Step("places", _("Places to fill"), "toolkit/steps/letter_places.html", fields=ids(*form.places))
    return [
        Step("you", _("You and the library"), "toolkit/steps/letter_sender.html", fields=ids(*form.sender)),
        *([places] if form.places else []),
        Step("words", _("Your words"), "toolkit/steps/letter_words.html", fields=ids(form["body"])),
    ]
