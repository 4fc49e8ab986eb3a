"""Editors' list of occupations, and beginning a guide from the official data on one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides import typed_pages
from guides.admin import unsaved
from guides.admin.base import person
from guides.admin.read_only import ReadOnlyAdmin
from guides.models import Edition, Guide, Listing
from guides.publishing import checks

from . import drafting
from .models import OccupationListing

START = "occupations_occupationlisting_start"


class StartGuideForm(forms.ModelForm):
    """What the new guide is called, and its address."""

    class Meta:
        model = Guide
        fields = ["title", "slug"]
        help_texts = {
            "title": gettext_lazy("The job’s most common name, in the singular. Official data names it in the plural."),
            "slug": gettext_lazy(
                "The last part of the guide’s web address. Readers’ links keep it alive: choose it once."
            ),
        }
        error_messages = {
            "slug": {"unique": gettext_lazy("There is a guide with that address already: choose another.")}
        }


class WrittenFilter(admin.SimpleListFilter):
    """Occupations that have a guide, and those that have none."""

    title = gettext_lazy("guide")
    parameter_name = "guide"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("none", _("nobody has written one")), ("some", _("there is one"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        codes = Guide.objects.values_list("occupation_code", flat=True)
        written = queryset.filter(pay_code__in=codes)
        chosen = {"none": queryset.exclude(pk__in=written.values("pk")), "some": written}
        return chosen.get(self.value() or "", queryset)


@admin.register(OccupationListing)
class OccupationListingAdmin(ReadOnlyAdmin):
    """A list to choose from; what it shows is official data, which only imports change."""

    list_display = ["title", "code", "field_name", "page", "begin"]
    list_display_links = None
    list_filter = [WrittenFilter, "kind"]
    search_fields = ["title", "code"]
    search_help_text = gettext_lazy("Search titles and codes.")
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        start = path("<int:pk>/start/", self.admin_site.admin_view(self.start), name=START)
        return [start, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return OccupationListing.objects.current()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = _("Choose an occupation to write a guide to")
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    @admin.display(description=gettext_lazy("field of work"), ordering="major_group")
    def field_name(self, listing: OccupationListing) -> str:
        return str(listing.field)

    @admin.display(description=gettext_lazy("what readers see"))
    def page(self, listing: OccupationListing) -> SafeString:
        return format_html('<a href="{}">{}</a>', listing.get_absolute_url(), _("Official data"))

    @admin.display(description=gettext_lazy("guide"))
    def begin(self, listing: OccupationListing) -> SafeString:
        said = _("Start a guide from this profile")
        label = _("Start a guide to %(occupation)s") % {"occupation": listing.title}
        return format_html(
            '<a href="{}" aria-label="{}">{}</a>', reverse(f"admin:{START}", args=[listing.pk]), label, said
        )

    @unsaved.keeps_typed(gettext_lazy("new guide"))
    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for title and address, make the draft, and lead to it: its page lists what is missing."""
        if not request.user.has_perm("guides.add_guide"):
            raise PermissionDenied
        listing = get_object_or_404(OccupationListing.objects.current(), pk=pk)
        proposed = singular(listing.title)[:80]
        initial = {"title": proposed, "slug": slugify(proposed)[:80]}
        form = StartGuideForm(request.POST if request.method == "POST" else None, initial=initial)
        if typed := typed_pages.typed_into(request):
            unsaved.fill(form, typed)
        if request.method == "POST" and form.is_valid() and (edition := self.begun(request, listing, form)):
            missing = len(checks.check(edition))
            said = ngettext(
                "The draft is made. What it still lacks stands below: %(count)d point.",
                "The draft is made. What it still lacks stands below: %(count)d points.",
                missing,
            ) % {"count": missing}
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:guides_guide_draft", args=[edition.guide_id]))
        context = self.admin_site.each_context(request) | {
            "title": _("Start a guide to %(occupation)s") % {"occupation": listing.title},
            "opts": self.opts,
            "form": form,
            "occupation": listing,
            "guides": Listing.objects.filter(occupation_code__in={listing.soc_code, listing.pay_code}),
        }
        return TemplateResponse(request, "admin/occupations/start.html", context)

    def begun(self, request: HttpRequest, listing: OccupationListing, form: StartGuideForm) -> Edition | None:
        """Make the draft, or say in the form that somebody was first, such as a second click on the button."""
        try:
            return drafting.start(listing, form.cleaned_data["title"], form.cleaned_data["slug"], person(request))
        except IntegrityError:
            form.add_error("slug", form.fields["slug"].error_messages["unique"])
            return None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("guides.add_guide"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


def singular(title: str) -> str:
    """Return an official title in the singular, near enough to correct: 'Registered Nurse' of 'Registered Nurses'."""
    if title.endswith("ies"):
        return f"{title[:-3]}y"
    return title[:-1] if title.endswith("s") and not title.endswith("ss") else title
