"""Job descriptions, for those who hire."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from guides import formats
from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from ..advice import gap_sentence
from ..documents.pdf import DESIGNS
from ..job_descriptions import checks, draft, layout, phrases
from ..models import JobPhrase
from ..shown import Shown, faults_by_field
from .common import SAVING, attachment, chosen_design, document_file, file_name, status_of, workplace


@require_safe
@same_for_everyone
def template(request, guide):
    """What a job description of this job holds, and the words to avoid."""
    reading = reader.live(guide)
    made = layout.document(draft.new(reading.guide, phrases.offered(reading)))
    context = {"guide": reading.guide, "blocks": made.blocks, "wordings": reading.guide.wordings.all()}
    return render(request, "toolkit/posting_template.html", context | {"median": median(reading)})


@workplace("posting")
def write(request, reading, desk):
    """The form. Everything typed is in it and comes back with each answer."""
    offered = phrases.offered(reading)
    if desk.form is None:
        return page(request, reading, desk, draft.new(reading.guide, offered))
    posting, action = draft.read(desk.form, offered), request.POST.get("do", "preview")
    if action in SAVING and not posting.faults:
        desk.save(action)
    if action not in {"pdf", "pdf anyway", "docx", "txt", "md", "html"} or posting.faults:
        return page(request, reading, desk, posting)
    made = layout.document(posting)
    if action == "pdf" and (gap := gap_sentence(made)):
        return page(request, reading, desk, posting, gap=gap)
    if action == "html":
        content = render_to_string("toolkit/posting_file.html", _file(posting, made))
        return attachment(content, "text/html; charset=utf-8", file_name("html", posting.get("title")))
    return document_file(made, action.split()[0], chosen_design(request.POST), posting.get("title"))


def _file(posting, made):
    """What the HTML file shows."""
    return {"document": made, "data": layout.script(layout.job_posting(posting, made))}


def median(reading):
    """The job's median pay in words, empty where the guide has none."""
    return formats.amount(reading.median.leading) if reading.median else ""


def page(request, reading, desk, posting, gap=""):
    """Render the form with its preview, or the part that HTMX asked for; 422 where something is wrong."""
    made = layout.document(posting)
    context = {
        "guide": reading.guide,
        "fields": draft.shown_fields(posting),
        "parts": [_part(posting, part, label) for part, label in HEADINGS],
        "levels": [level.title for section in reading.all_sections() for level in section.careerlevels.all()],
        "types": draft.TYPES,
        "units": draft.UNITS,
        "posting": posting,
        "faults": faults_by_field(posting.faults),
        "blocks": made.blocks,
        "advice": checks.check(posting, made, reading.guide.wordings.all(), median(reading)),
        "gap": gap,
        "design": chosen_design(desk.form or {}),
        "desk": desk,
        "designs": DESIGNS.items(),
    }
    preview = request.htmx and request.POST.get("do", "preview") == "preview"
    whole = "toolkit/_posting_form.html" if request.htmx else "toolkit/posting_write.html"
    name = "toolkit/_preview.html" if preview else whole
    return render(request, name, context, status=status_of(desk, posting.faults or gap))


HEADINGS = [
    (JobPhrase.Part.DUTY, gettext_lazy("Duties")),
    (JobPhrase.Part.REQUIREMENT, gettext_lazy("Requirements")),
    (JobPhrase.Part.PREFERRED, gettext_lazy("Preferred, not required")),
    (JobPhrase.Part.OFFER, gettext_lazy("What you offer")),
]


def _part(posting, part, label):
    """One list of the form: its sentences, and the field for more."""
    fault = posting.faults.get(f"more.{part}", "")
    more = Shown(f"more.{part}", _("More, one a line"), posting.more.get(part, ""), "", fault, "", 3)
    lines = [
        (line, Shown(f"text.{line.name}", "", line.text, "", posting.faults.get(f"text.{line.name}", "")))
        for line in posting.lines
        if line.part == part
    ]
    return {"label": label, "lines": lines, "more": more}
