"""Starting the skills gap from a resume. Its text is held in memory for this one answer, and nowhere else."""

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guides.reading import reader
from guides.registry.throttling import throttled

from .. import answers, matching, skills_gap
from ..forms import ResumeForm
from ..upload import extraction
from .common import private

# The file, the pasted text and the form's own lines.
LARGEST_BODY = extraction.LARGEST_FILE + 300 * 1024


class InMemory(MemoryFileUploadHandler):
    """Keeps every upload in memory, never in a temporary file; the size of the whole body is checked before."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.activated = True


@throttled("resume", most=60, seconds=3600)
@csrf_exempt  # reading the token reads the body, and the upload handler must be set before that
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request, guide):
    """The form that takes a resume, and the skills found in it, to be accepted or not."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        if content_length(request) > LARGEST_BODY:
            # The body stays unread, so there is no token to look at either; nothing but this page comes of it.
            return private(too_large(request, reader.live(guide)))
    return private(protected(request, guide))


def content_length(request):
    """The length of the body in bytes, 0 where the request does not say."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


@csrf_protect
@sensitive_post_parameters()
def protected(request, guide):
    found = reader.live(guide)
    if request.method != "POST":
        return page(request, found, ResumeForm())
    form = ResumeForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, found, form, status=422)
    try:
        text = form.cleaned_data["text"] or extraction.text_of(form.cleaned_data["file"])
    except extraction.Refused as refused:
        form.add_error("file", str(refused))
        response = page(request, found, form, status=refused.status)
        if refused.wait:
            response["Retry-After"] = refused.wait
        return response
    return matches(request, found, text)


def page(request, found, form, status=200):
    """Render the form."""
    return render(request, "readiness/resume_form.html", {"guide": found.guide, "form": form}, status=status)


def too_large(request, found):
    """The form again, with the reason: nothing of what was sent has been read."""
    form = ResumeForm({}, {})
    form.full_clean()
    form.errors.clear()
    form.add_error("file", _("The file is larger than 2 MB. Leave out pictures, or paste the text instead."))
    return page(request, found, form, status=413)


def matches(request, found, text):
    """Render the skills found in `text`, each with the words it was found in."""
    skills = skills_gap.all_skills(found)
    offers = [(match, answers.code(match.skill.slug)) for match in matching.find(text, skills)]
    context = {"guide": found.guide, "offers": offers, "count": len(skills), "missing": len(skills) - len(offers)}
    return render(request, "readiness/resume_matches.html", context)
