"""Resumes: worked examples, and the builder."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.readiness import answers, skills_gap
from guides.reading import reader
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest

from .. import skills, taking_over
from ..documents.text import plain_text
from ..downloads import attachment, document_file, file_name
from ..pages import SAVING, ExampleForm, asked, render_tool, workplace
from ..steps import Step, ids
from ..workspace import Workspace
from . import checks, draft, incoming, jsonresume, layout, strengths
from . import examples as resume_examples
from .forms import LONGEST_ADVERT, ResumeBuilderForm, ResumeImportForm
from .parts import FIXED, PartFormSet

# The years that the form offers: from long ago to when what one begins now may end.
FIRST_YEAR, LAST_YEAR = 1959, 6


@require_safe
@same_for_everyone
def examples(request: HttpRequest, guide: str) -> HttpResponse:
    """Worked examples, each line explained."""
    reading = reader.live(guide)
    if answered := asked(StartForm, request.GET)["a"]:
        # Who comes with strengths wants them in a resume, in one click.
        address = reverse("toolkit:resume_build", args=[reading.guide.slug])
        onward = HttpResponseRedirect(f"{address}?{urlencode({'a': answered})}")
        add_never_cache_headers(onward)
        return onward
    return render(request, "toolkit/resume_examples.html", {"guide": reading.guide})


class StartForm(ExampleForm):
    """The query string: also the strengths of a skills gap, as its result's address holds them."""

    a = forms.RegexField(answers.RATINGS, required=False)


@workplace("resume")
def build(request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """The builder. Everything typed is in the form and comes back with each answer."""
    if request.method == "POST":
        return receive(request, reading, workspace)
    if workspace.sent:
        resume = draft.read(workspace.sent)
    else:
        wanted = asked(StartForm, request.GET)
        resume = started(reading, wanted["example"]) if wanted["example"] else draft.Draft()
        if wanted["a"]:
            strengths.add_strengths(resume, skills.strengths(reading, wanted["a"]))
    take_over(resume, workspace)
    return page(request, reading, workspace, resume)


def take_over(resume: draft.Draft, workspace: Workspace) -> None:
    """Add the line of what was told elsewhere, where the page asks for one, to the first job."""
    if line := taking_over.words(workspace):
        strengths.add_lines(resume, [line])


def started(reading: reader.Reading, slug: str) -> draft.Draft:
    """Return the Draft of a worked example, or raise Http404."""
    for example in reading.guide.resumeexamples.all():
        if example.slug == slug:
            return jsonresume.from_json(resume_examples.to_json(example))
    raise Http404


def receive(request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """Answer what the form sends: `do` says which button it was."""
    action = request.POST.get("do", "preview")
    resume = draft.read(request.POST)
    form, brought = (
        resume.form(request.POST),
        ResumeImportForm({"pasted": request.POST.get("pasted", "")}, request.FILES),
    )
    if action in SAVING and form.is_valid():
        workspace.save(action)
    if action in {"pdf", "pdf anyway", "docx", "txt", "json"} and form.is_valid():
        return download(request, form, resume, action) or page(request, reading, workspace, resume, brought, form)
    if action == "import":
        return take_in(request, reading, workspace, resume, brought)
    if action.startswith("skill "):
        strengths.add_skills(
            resume, [skill for skill in skills_gap.all_skills(reading) if f"skill {skill.slug}" == action]
        )
    if action == "restore" and request.POST.get("a"):
        # What the browser kept, and the strengths that the person came with.
        strengths.add_strengths(resume, skills.strengths(reading, asked(StartForm, request.POST)["a"]))
    if action == "restore":
        take_over(resume, workspace)
    return page(request, reading, workspace, resume, brought, focus=draft.act(resume, action))


def take_in(
    request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace, resume: draft.Draft, form: ResumeImportForm
) -> HttpResponse:
    """Put an uploaded or pasted resume into the builder; where it is refused, what was there stays."""
    file, pasted = request.FILES.get("file"), form.typed("pasted")
    try:
        if file is None and not pasted.strip():
            raise incoming.ResumeRefused(_("Choose a file, or paste its text."))
        taken = incoming.from_pasted(pasted) if file is None else incoming.from_file(file)
    except incoming.ResumeRefused as refused:
        reasons = [_("This was not taken in; what you typed is unchanged."), *refused.reasons]
        form.add_error("pasted" if file is None and pasted.strip() else "file", reasons)
        return page(request, reading, workspace, resume, form)
    if answered := asked(StartForm, request.POST)["a"]:
        strengths.add_strengths(taken.draft, skills.strengths(reading, answered), own_words_only=True)
    return page(request, reading, workspace, taken.draft, taken=taken)


def download(
    request: HtmxHttpRequest, form: ResumeBuilderForm, resume: draft.Draft, action: str
) -> HttpResponse | None:
    """Return the resume as a file; None where the form then says why not."""
    plain = jsonresume.to_json(resume)
    name = plain.get("basics", {}).get("name", "")
    if action != "json":
        return document_file(request, form, layout.document(plain), action, _("resume"), name)
    if reasons := jsonresume.faults(plain):
        form.add_error(None, reasons)
        return None
    return attachment(jsonresume.dump(resume), "application/json", file_name("json", _("resume"), name))


def page(
    request: HtmxHttpRequest,
    reading: reader.Reading,
    workspace: Workspace,
    resume: draft.Draft,
    brought: ResumeImportForm | None = None,
    form: ResumeBuilderForm | None = None,
    focus: str | None = None,
    taken: incoming.Incoming | None = None,
) -> HttpResponse:
    """Render the builder, or the part of it that HTMX asked for; 422 where something is wrong.

    `focus` names the field, or the button, that a person goes on at, and `taken` what was just taken in.
    """
    plain = jsonresume.to_json(resume)
    document = layout.document(plain)
    form, brought = form or resume.form(workspace.sent), brought or ResumeImportForm()
    form.fold(focus)
    if focus and not form.focus(focus):
        focus = None
    text, known = plain_text(document), skills_gap.all_skills(reading)
    context = {
        "guide": reading.guide,
        "form": form,
        "steps": steps(form, brought),
        "years": range(localdate().year + LAST_YEAR, FIRST_YEAR, -1),
        "focus": focus,
        "brought": brought,
        "taken": taken,
        "blocks": document.blocks,
        "text": text,
        "advice": checks.check(plain, document, text, known, form.typed("advert")[:LONGEST_ADVERT]),
        "suggested": strengths.suggestions(text, known),
        "example": asked(ExampleForm, workspace.sent or request.GET)["example"],
        "strengths": asked(StartForm, request.GET)["a"],
        "take": taking_over.asked_for(workspace) if request.method != "POST" else "",
        "taken_to": "work" if taking_over.asked_for(workspace) else "",
        "is_empty": resume.is_empty,
        "removed": resume.removed[-1] if resume.removed else None,
    }
    return render_tool(request, workspace, ("resume_build", "_resume_form"), context, form, brought)


def steps(form: ResumeBuilderForm, brought: ResumeImportForm) -> list[Step]:
    """The steps of the builder: the person, each part of the resume, what else there is, and the posting."""
    by_prefix = {str(part.prefix): part for part in form.present_parts}
    profiles = by_prefix.pop(FIXED, None)
    person = ids(*form.basics, *brought, form["unplaced"]) | (part_ids(profiles) if profiles else set())
    result = [Step("you", _("You"), "toolkit/steps/resume_you.html", fields=person, parts=(FIXED,))]
    for prefix, part in by_prefix.items():
        result.append(Step(prefix, str(part.title), "toolkit/steps/resume_part.html", part, part_ids(part)))
    if form.further_parts:
        further = tuple(str(part.prefix) for part in form.further_parts)
        result.append(Step("more", _("More parts"), "toolkit/steps/resume_more.html", parts=further))
    return [*result, Step("posting", _("The posting"), "toolkit/steps/resume_posting.html", fields=ids(form["advert"]))]


def part_ids(part: PartFormSet) -> set[str]:
    """The ids of a part of the resume, and of what one fills in it."""
    return {f"f-{part.prefix}"} | ids(*(field for entry in part.forms for field in entry))
