"""Job descriptions, for those who hire."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from guides import formats
from guides.reading import reader
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest

from ..downloads import attachment, document_file, file_name
from ..pages import SAVING, render_tool, workplace
from ..steps import Step, ids
from ..workspace import Workspace
from . import checks, layout, phrases
from .forms import JobDescriptionForm


@require_safe
@same_for_everyone
def template(request: HttpRequest, guide: str) -> HttpResponse:
    """What a job description of this job holds, and the words to avoid."""
    reading = reader.live(guide)
    start = JobDescriptionForm.new(reading.guide, phrases.offered(reading))
    context = {"guide": reading.guide, "blocks": layout.document(start.job_description).blocks}
    context |= {"wordings": reading.guide.wordings.all(), "median": median(reading)}
    return render(request, "toolkit/job_description_template.html", context)


@workplace("posting")
def write(request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace) -> HttpResponse:
    """The form. Everything typed is in it and comes back with each answer."""
    offered = phrases.offered(reading)
    if workspace.sent is None:
        return page(request, reading, workspace, JobDescriptionForm.new(reading.guide, offered))
    form, action = JobDescriptionForm(workspace.sent, offered), request.POST.get("do", "preview")
    if action in SAVING and form.is_valid():
        workspace.save(action)
    if action in {"pdf", "pdf anyway", "docx", "txt", "md", "html"} and form.is_valid():
        return download(request, form, action) or page(request, reading, workspace, form)
    return page(request, reading, workspace, form)


def download(request: HtmxHttpRequest, form: JobDescriptionForm, action: str) -> HttpResponse | None:
    """Return the file that the button `action` asks for; None where the form then says why not."""
    job = form.job_description
    document = layout.document(job)
    if action != "html":
        return document_file(request, form, document, action, job.get("title"))
    file = {"document": document, "data": layout.script(layout.job_posting(job, document))}
    content = render_to_string("toolkit/job_description_file.html", file)
    return attachment(content, "text/html; charset=utf-8", file_name("html", job.get("title")))


def median(reading: reader.Reading) -> str:
    """The job's median pay in words, empty where the guide has none."""
    leading = reading.median.leading if reading.median else None
    return formats.amount(leading) if leading else ""


def page(
    request: HtmxHttpRequest, reading: reader.Reading, workspace: Workspace, form: JobDescriptionForm
) -> HttpResponse:
    """Render the form with its preview, or the part that HTMX asked for; 422 where something is wrong."""
    job = form.job_description
    document = layout.document(job)
    context = {
        "guide": reading.guide,
        "form": form,
        "steps": steps(form),
        "levels": [level.title for section in reading.all_sections() for level in section.careerlevels.all()],
        "blocks": document.blocks,
        "advice": checks.check(job, document, reading.guide.wordings.all(), median(reading)),
    }
    return render_tool(request, workspace, ("job_description_write", "_job_description_form"), context, form)


def steps(form: JobDescriptionForm) -> list[Step]:
    """The steps of a job description: the facts by what they are about, and each part with its sentences."""
    facts = [
        Step(key, str(title), "toolkit/steps/job_facts.html", fields, ids(*fields))
        for key, title, fields in form.facts()
    ]
    parts = [
        Step(
            part.key,
            part.label,
            "toolkit/steps/job_part.html",
            part,
            ids(part.more, *(field for line in part.lines for field in line)),
        )
        for part in form.parts()
    ]
    return [*facts, *parts]
