"""Readers' reports: a short form about one section or figure, without an account or JavaScript."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from ..forms import FormMixin, refused, render_form
from ..models import Report
from ..reading import reader
from ..registry.requests import HtmxHttpRequest
from ..registry.throttling import throttled

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Report]
else:
    _ModelForm = forms.ModelForm


class SubjectForm(forms.Form):
    """The query string: what the report is about."""

    guide = forms.SlugField(max_length=80)
    section = forms.SlugField(max_length=60)
    figure = forms.SlugField(max_length=60, required=False)


class ReportForm(FormMixin, _ModelForm):
    """What the reader writes."""

    # People never see this field; programs that fill in every field give themselves away.
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = Report
        fields = ["text"]
        labels = {"text": _("What is wrong or missing?")}
        help_texts = {"text": _("Please leave out names and other personal details: we have no way to answer you.")}
        error_messages = {
            "text": {
                "required": _("Write a sentence or two about what is wrong or missing."),
                "max_length": _("Keep it under %(limit_value)d characters: you wrote %(show_value)d."),
            }
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "autofocus": True})}

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if any(ord(character) < 32 and character not in "\r\n\t" for character in text):
            raise ValidationError(_("The text holds control characters: paste it as plain text."))
        return text


def _subject(request: HttpRequest) -> dict[str, Any]:
    """Return what the address says the report is about, as context. Raises BadRequest or Http404."""
    form = SubjectForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    slugs = form.cleaned_data
    reading = reader.live(slugs["guide"])
    section = reading.find(slugs["section"])
    figure = next((figure for figure in reading.figures if figure.slug == slugs["figure"]), None)
    if slugs["figure"] and figure is None:
        raise Http404
    subject = "-".join(filter(None, [slugs["section"], slugs["figure"]]))
    return {
        "edition": reading.edition,
        "guide": reading.guide,
        "section": section,
        "figure": figure,
        "subject": subject,
        "query": urlencode(slugs),
    }


@throttled("report", most=10, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def report(request: HtmxHttpRequest) -> HttpResponse:
    """The form, and what it sends. HTMX gets the form alone, to show it in place."""
    if request.method != "POST" and not request.GET:
        # Every section of a guide ends with its own link here: an address cut short leads to the guides.
        return HttpResponseRedirect(reverse("guides:list"))
    subject = _subject(request)
    # A page may hold several of these forms, each in place at its section.
    form = ReportForm(request.POST if request.method == "POST" else None, auto_id=f"report-{subject['subject']}-%s")
    template = "reports/_form.html" if request.htmx else "reports/form.html"
    if not form.is_valid():
        return render_form(request, template, subject | {"form": form}, form)
    if not form.cleaned_data["website"]:
        _keep(form, subject)
    if request.htmx:
        return render(request, "reports/_thanks.html", subject)
    return HttpResponseRedirect(f"{reverse('guides:report_thanks')}?{subject['query']}")


def _keep(form: ReportForm, subject: dict[str, Any]) -> None:
    """Save the report at the section, and the figure, that it speaks of."""
    row = form.save(commit=False)
    row.edition, row.guide, row.section = subject["edition"], subject["guide"].slug, subject["section"].slug
    row.figure = subject["figure"].slug if subject["figure"] else ""
    row.save()


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next with the report."""
    return render(request, "reports/thanks.html", _subject(request))
