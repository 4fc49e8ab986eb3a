"""Resumes: worked examples, and the builder."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.readiness import answers
from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from .. import skills, texts
from ..advice import gap_sentence
from ..documents.pdf import DESIGNS
from ..documents.text import plain_text
from ..resume import checks, draft, form, jsonresume, layout
from ..resume import examples as resume_examples
from ..shown import faults_by_field
from .common import (
    SAVING,
    ExampleForm,
    asked,
    attachment,
    chosen_design,
    document_file,
    file_name,
    status_of,
    workplace,
)

LONGEST_ADVERT = 20_000


@require_safe
@same_for_everyone
def examples(request, guide):
    """Worked examples, each line explained."""
    reading = reader.live(guide)
    strengths = asked(StartForm, request.GET)["a"]
    return render(request, "toolkit/resume_examples.html", {"guide": reading.guide, "strengths": strengths})


class StartForm(ExampleForm):
    """The query string: also the strengths of a skills gap, as its result's address holds them."""

    a = forms.RegexField(answers.RATINGS, required=False)


@workplace("resume")
def build(request, reading, desk):
    """The builder. Everything typed is in the form and comes back with each answer."""
    if request.method == "POST":
        return receive(request, reading, desk)
    if desk.form:
        return page(request, reading, desk, draft.read(desk.form))
    wanted = asked(StartForm, request.GET)
    made = started(reading, wanted["example"]) if wanted["example"] else draft.Draft()
    if wanted["a"]:
        form.add_skills(made, skills.strengths(reading, wanted["a"]))
    return page(request, reading, desk, made)


def started(reading, slug):
    """Return the Draft of a worked example, or raise Http404."""
    for example in reading.guide.resumeexamples.all():
        if example.slug == slug:
            return jsonresume.from_json(resume_examples.to_json(example))
    raise Http404


def receive(request, reading, desk):
    """Answer what the form sends: `do` says which button it was."""
    action = request.POST.get("do", "preview")
    made = draft.read(request.POST)
    if len(request.POST.get("advert", "")) > LONGEST_ADVERT:
        made.faults["advert"] = _("The posting is longer than 20,000 characters: paste its main part only.")
    if action in SAVING and not made.faults:
        desk.save(action)
    if action == "import":
        return take_in(request, reading, desk, made)
    if action.startswith("skill "):
        form.add_skills(made, [skill for skill in skills.all_skills(reading) if f"skill {skill.slug}" == action])
        return page(request, reading, desk, made)
    if action == "restore" and request.POST.get("a"):
        # What the browser kept, and the strengths that the person came with.
        form.add_skills(made, skills.strengths(reading, asked(StartForm, request.POST)["a"]))
        return page(request, reading, desk, made)
    if focus := draft.act(made, action):
        return page(request, reading, desk, made, focus=focus)
    if action in {"pdf", "pdf anyway", "docx", "txt", "json"} and not made.faults:
        return download(request, reading, desk, made, action)
    return page(request, reading, desk, made)


def take_in(request, reading, desk, made):
    """Put an uploaded or pasted JSON Resume into the form; where it is refused, what was there stays."""
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    try:
        if file is None and not pasted.strip():
            raise jsonresume.JSONResumeRefused(_("Choose a file, or paste its text."))
        if file is not None and file.size > jsonresume.LARGEST_FILE:
            raise jsonresume.too_large()
        return page(request, reading, desk, jsonresume.load(file.read() if file else texts.clean(pasted).encode()))
    except jsonresume.JSONResumeRefused as refused:
        return page(request, reading, desk, made, refused=refused.reasons)


def download(request, reading, desk, made, action):
    """Return the resume as a file. A PDF that lacks characters is made only after the person has been told."""
    resume, kind = jsonresume.to_json(made), action.split()[0]
    name = resume.get("basics", {}).get("name", "")
    if kind == "json":
        if reasons := jsonresume.faults(resume):
            return page(request, reading, desk, made, refused=reasons)
        return attachment(jsonresume.dump(made), "application/json", file_name("json", _("resume"), name))
    document = layout.document(resume)
    if action == "pdf" and (gap := gap_sentence(document)):
        return page(request, reading, desk, made, gap=gap)
    return document_file(document, kind, chosen_design(request.POST), _("resume"), name)


def page(request, reading, desk, made, focus="", refused=(), gap=""):
    """Render the builder, or the part of it that HTMX asked for; 422 where something is wrong."""
    resume = jsonresume.to_json(made)
    document = layout.document(resume)
    sent = desk.form or {}
    text, advert = plain_text(document), texts.clean(sent.get("advert", ""))
    known = skills.all_skills(reading)
    context = {
        "guide": reading.guide,
        "form": form.Form(made, focus),
        "faults": faults_by_field(made.faults),
        "refused": refused,
        "gap": gap,
        "blocks": document.blocks,
        "text": text,
        "advice": checks.check(resume, document, text, known, advert[:LONGEST_ADVERT]),
        "suggested": form.suggestions(made, text, known),
        "advert": advert,
        "example": asked(ExampleForm, sent or request.GET)["example"],
        "strengths": asked(StartForm, request.GET)["a"],
        "design": chosen_design(sent),
        "desk": desk,
        "designs": DESIGNS.items(),
        "is_empty": made.is_empty,
    }
    wrong = made.faults or refused or gap
    return render(request, template(request), context, status=status_of(desk, wrong))


def template(request):
    """Which part of the page is wanted."""
    if not request.htmx:
        return "toolkit/resume_build.html"
    preview = request.POST.get("do", "preview") == "preview"
    return "toolkit/_preview.html" if preview else "toolkit/_resume_form.html"
