"""The pages that answer: the same for everyone, with nothing of what was asked kept or noted."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import refused, render_form
from guides.models import Report
from guides.occupations.models import OccupationListing
from guides.reading import reader
from guides.registry.concerns import depends_on
from guides.registry.public_pages import same_for_everyone
from guides.registry.throttling import throttled

from . import guide_passages, occupation_passages
from .answering import answer
from .forms import AskForm, MissingForm, MissingSubjectForm
from .passages import Body


@require_safe
@same_for_everyone
def ask(request: HttpRequest) -> HttpResponse:
    """What all guides, or the one or the occupation that is named, say to the question in `q`."""
    return _answered(request, None)


@require_safe
@same_for_everyone
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """What one guide says to the question in `q`."""
    return _answered(request, guide_passages.of_edition(reader.live_edition(guide)))


@require_safe
@depends_on()
@same_for_everyone
def occupation(request: HttpRequest, occupation: str) -> HttpResponse:
    """What official data of one occupation says to the question in `q`."""
    listing = get_object_or_404(OccupationListing.objects.current(), slug=occupation)
    return _answered(request, occupation_passages.of_listing(listing))


def _answered(request: HttpRequest, body: Body | None) -> HttpResponse:
    form = AskForm(request.GET)
    is_valid = form.is_valid()
    text = form.cleaned_data.get("q", "")
    context = {
        "answer": answer(text, body) if text else None,
        "body": body,
        "text": text,
        "error": "".join(str(message) for message in form.errors.get("q", [])),
    }
    response = render(request, "asking/ask.html", context, status=200 if is_valid else 400)
    if request.GET:
        # What someone asked is for no shared cache, and no page for search engines.
        patch_cache_control(response, private=True, no_cache=True)
        response["X-Robots-Tag"] = "noindex"
    return response


@throttled("report", most=10, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def missing(request: HttpRequest) -> HttpResponse:
    """Tell the editors that a guide had no answer; the words go along only where the person says so."""
    subject = MissingSubjectForm(request.GET)
    if not subject.is_valid():
        raise refused(subject)
    told = subject.cleaned_data
    reading = reader.live(told["guide"])
    section = reading.find(told["section"])
    form = MissingForm(request.POST if request.method == "POST" else None, initial={"words": told["q"]})
    context = {"form": form, "guide": reading.guide, "section": section, "query": urlencode(told)}
    if not form.is_valid():
        return render_form(request, "asking/missing.html", context, form)
    if not form.cleaned_data["website"]:
        text = _("Somebody asked what the guide does not answer.")
        if form.cleaned_data["agreed"] and form.cleaned_data["words"]:
            text = f"{text}\n\n{form.cleaned_data['words']}"
        Report.objects.create(guide=told["guide"], section=told["section"], edition=reading.edition, text=text)
    query = urlencode({"guide": told["guide"], "section": told["section"]})
    return HttpResponseRedirect(f"{reverse('guides:report_thanks')}?{query}")
