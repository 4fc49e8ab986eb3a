"""The page that begins a guide: from a blank with its sections, or from a copy of another guide."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import typed_pages
from ..models import Guide
from ..publishing import fixtures, new_guides
from ..registry.overview import change_url
from . import pickers, unsaved
from .suggested import SuggestingForm

MOST_SECTIONS = 40
LONGEST_HEADING = 100


class NewGuideForm(SuggestingForm):
    """What the new guide is called, which occupation it is of, and what it begins with."""

    named_after = ("title",)

    copy_of = forms.ModelChoiceField(
        Guide.objects.order_by("title"),
        label=gettext_lazy("Copy of"),
        required=False,
        empty_label=gettext_lazy("no guide: begin with the empty sections below"),
        help_text=gettext_lazy(
            "All of its draft comes along; figures of another occupation come without their values."
        ),
    )
    headings = forms.CharField(
        label=gettext_lazy("Sections"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 11}),
        help_text=gettext_lazy(
            "One heading a line, in their order. The usual ones know what they hold; any other is a text until you "
            "choose its kind. A copy needs none."
        ),
    )

    class Meta:
        model = Guide
        fields = ["title", "slug", "occupation_code", "field_of_work"]
        widgets = {"field_of_work": pickers.SuggestingInput(pickers.fields_of_work)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picker = pickers.picker(Guide._meta.get_field("occupation_code"))
        if picker:
            self.fields["occupation_code"] = picker
        self.initial["headings"] = "\n".join(planned.heading for planned in new_guides.outline())

    def clean_headings(self) -> list[str]:
        headings = [line.strip() for line in self.cleaned_data["headings"].splitlines() if line.strip()]
        if len(headings) > MOST_SECTIONS:
            raise forms.ValidationError(_("Give at most %(most)d sections.") % {"most": MOST_SECTIONS})
        if too_long := [heading for heading in headings if len(heading) > LONGEST_HEADING]:
            raise forms.ValidationError(_("This heading is too long: %(heading)s") % {"heading": too_long[0]})
        return headings

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("copy_of") and not cleaned.get("headings") and "headings" not in self.errors:
            self.add_error("headings", _("Name a section, or choose a guide to copy."))
        return cleaned


def start(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Ask what the guide is called and what it begins with, make its draft, and lead to it."""
    if not request.user.has_perm("guides.add_guide"):
        raise PermissionDenied
    form = NewGuideForm(request.POST if request.method == "POST" else None)
    if typed := typed_pages.typed_into(request):
        unsaved.fill(form, typed)
    if request.method == "POST" and form.is_valid() and (guide := _begun(request, form)):
        messages.success(request, _("The draft is made. What it still lacks stands below."))
        return HttpResponseRedirect(change_url(guide))
    context = site.each_context(request) | {
        "title": _("New guide"),
        "opts": Guide._meta,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/guides/guide/start.html", context, status=status)


def _begun(request: HttpRequest, form: NewGuideForm) -> Guide | None:
    """Make the draft; None, and why in the form, where that is not possible."""
    model, guide = form.cleaned_data["copy_of"], form.instance
    author: Any = request.user
    try:
        with transaction.atomic():
            if model:
                return new_guides.copy(model, guide, author).guide
            return new_guides.begin(guide, form.cleaned_data["headings"], author).guide
    except IntegrityError:
        form.add_error("slug", _("There is a guide with that address already: choose another."))
    except fixtures.FixtureErrors as errors:
        said = _("It cannot be copied while its draft is unfinished: %(line)s") % {"line": errors.lines[0]}
        form.add_error("copy_of", said)
    return None
