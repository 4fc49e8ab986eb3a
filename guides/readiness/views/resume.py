"""Starting the skills gap from a resume. Its text is held in memory for this one answer, and nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guides import uploads
from guides.forms import render_form
from guides.models import Skill
from guides.reading import reader
from guides.registry.private_pages import private
from guides.registry.requests import PatientHttpRequest
from guides.registry.throttling import throttled

from .. import answers, matching, skills_gap
from ..forms import ReadTextForm, ResumeUploadForm
from ..occasions import Occasion
from ..skills_gap import Level
from ..upload import extraction
from ..upload.legibility import flaw_of

# The file, the pasted text and the form's own lines.
LARGEST_BODY = extraction.LARGEST_FILE + 300 * 1024


def page(
    request: HttpRequest, reading: reader.Reading, form: ResumeUploadForm, status: int | None = None
) -> HttpResponse:
    """Render the form."""
    context = {"guide": reading.guide, "form": form}
    return private(render_form(request, "readiness/resume_form.html", context, form, status=status))


def too_large(request: HttpRequest, guide: str) -> HttpResponse:
    """The form again, with the reason: nothing of what was sent has been read."""
    form = ResumeUploadForm({}, MultiValueDict())
    form.full_clean()
    form.errors.clear()
    form.add_error("file", _("The file is larger than 2 MB. Leave out pictures, or paste the text instead."))
    return page(request, reader.live(guide), form, status=413)


@throttled("resume", most=300, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@uploads.takes_files(LARGEST_BODY, too_large)
@sensitive_post_parameters()
def resume(request: PatientHttpRequest, guide: str) -> HttpResponse:
    """The form that takes a resume, and the skills found in it, to be accepted or not."""
    reading = reader.live(guide)
    if request.method != "POST":
        return page(request, reading, ResumeUploadForm())
    form = ResumeUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, reading, form)
    try:
        if pasted := form.cleaned_data["text"]:
            extract = extraction.Extract(pasted, flaw=flaw_of(pasted))
        else:
            with request.stand_aside():
                extract = extraction.text_of(form.cleaned_data["file"])
    except extraction.ResumeRefused as refused:
        form.add_error("file", str(refused))
        response = page(request, reading, form, status=refused.status)
        if refused.wait:
            response["Retry-After"] = refused.wait
        return response
    return matches(request, reading, extract)


class OtherSkill:
    """A skill that the text does not show: to be ticked by whoever has it, and then to be rated."""

    def __init__(self, skill: Skill) -> None:
        self.skill = skill
        self.value = f"{answers.code(skill.slug)}{Level.BASICS.value}"


class Offer:
    """A skill found in the text, at the level that the text bears out; ticked where its evidence is strong."""

    def __init__(self, match: matching.Match) -> None:
        self.match, self.is_ticked = match, match.is_strong
        self.level = Level.AT_WORK if match.occasion is Occasion.WORK else Level.BASICS
        self.value = f"{answers.code(match.skill.slug)}{self.level.value}"


def matches(request: HttpRequest, reading: reader.Reading, extract: extraction.Extract) -> HttpResponse:
    """Render the skills found in a text, each with the words it was found in, and the text, to be mended."""
    skills = skills_gap.all_skills(reading)
    offers = [Offer(match) for match in matching.find(extract.text, skills)]
    matched = {offer.match.skill.slug for offer in offers}
    groups = [
        (group.section, [OtherSkill(skill) for skill in group.skills if skill.slug not in matched])
        for group in skills_gap.groups(reading)
    ]
    context = {"guide": reading.guide, "offers": offers, "count": len(skills)}
    context["others"] = [(section, others) for section, others in groups if others]
    context |= {"is_cut": extract.is_cut, "longest": matching.LONGEST_TEXT, "flaw": extract.flaw}
    context["text_form"] = ReadTextForm(initial={"text": extract.text})
    return private(render(request, "readiness/resume_matches.html", context))
