"""Cover letters: examples, and the page that fills one in."""

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from .. import letters
from ..advice import gap_sentence
from ..documents.pdf import DESIGNS
from ..shown import Shown, faults_by_field
from .common import SAVING, ExampleForm, asked, chosen_design, document_file, status_of, workplace


@require_safe
@same_for_everyone
def examples(request, guide):
    """Letters for different situations, the places to fill marked."""
    return render(request, "toolkit/letter_examples.html", {"guide": reader.live(guide).guide})


@workplace("letter")
def write(request, reading, desk):
    """A letter to fill in. Everything typed is in the form and comes back with each answer."""
    if desk.form is None:
        example = find(reading, asked(ExampleForm, request.GET)["example"])
        letter = letters.Letter({"date": date_format(localdate(), "F j, Y")}, example.body if example else "")
        return page(request, reading, desk, letter, example)
    example = find(reading, asked(ExampleForm, desk.form)["example"], missing_ok=True)
    letter, action = letters.read(desk.form), request.POST.get("do", "preview")
    if action in SAVING and not letter.faults:
        desk.save(action)
    if action not in {"pdf", "pdf anyway", "docx", "txt"} or letter.faults:
        return page(request, reading, desk, letter, example)
    made = letters.document(letter)
    if action == "pdf" and (gap := gap_sentence(made)):
        return page(request, reading, desk, letter, example, gap=gap)
    return document_file(made, action.split()[0], chosen_design(request.POST), _("letter"), letter.values["name"])


def find(reading, slug, missing_ok=False):
    """Return the example with that short name, the first one without a name; None or Http404 where there is none."""
    rows = list(reading.guide.coverletters.all())
    if not slug:
        return next(iter(rows), None)
    example = next((row for row in rows if row.slug == slug), None)
    if example is None and not missing_ok:
        raise Http404
    return example


def page(request, reading, desk, letter, example, gap=""):
    """Render the form with its preview, or the part that HTMX asked for; 422 where something is wrong."""
    made = letters.document(letter)
    context = {
        "guide": reading.guide,
        "example": example,
        "examples": reading.guide.coverletters.all(),
        "fields": letters.shown_fields(letter),
        "places": letters.shown_places(letter),
        "body": Shown("body", _("The letter"), letter.body, "", letter.faults.get("body", ""), "", 16),
        "faults": faults_by_field(letter.faults),
        "blocks": made.blocks,
        "mark_places": True,
        "advice": list(letters.advice(letter, made)),
        "gap": gap,
        "design": chosen_design(desk.form or {}),
        "desk": desk,
        "designs": DESIGNS.items(),
    }
    preview = request.htmx and request.POST.get("do", "preview") == "preview"
    whole = "toolkit/_letter_form.html" if request.htmx else "toolkit/letter_write.html"
    name = "toolkit/_preview.html" if preview else whole
    return render(request, name, context, status=status_of(desk, letter.faults or gap))
