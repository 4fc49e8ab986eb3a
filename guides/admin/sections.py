"""One screen for a section: its text, and exactly the rows that its kind holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.forms import refused

from ..freezing import in_reading_order
from ..models import FormerAddress, Guide, Section
from ..publishing import editions
from ..publishing.places import Place
from ..registry import kinds
from ..registry.overview import change_url
from ..registry.throttling import throttled
from . import reviewing, together, writing
from .base import ContentAdmin, ContentRequest
from .forms import CommentForm
from .rows import inline_of
from .staying import REVIEW
from .together import KeptByFilter, WorkedOnTogether

# The query parameter of a page that was opened from the screen of its one section.
ONE = "_one"
# The button that saves and leads on to the section that follows.
NEXT = "_next"


class SectionForm(CommentForm):
    """A section is part of one that is none itself; its kind changes only where no row would be left behind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_kind = kinds.KINDS.get(self.instance.kind)
        parent = cast(forms.ModelChoiceField, self.fields["parent"])
        wholes = cast(QuerySet[Section], parent.queryset).filter(parent=None)
        parent.queryset = wholes.exclude(pk=self.instance.pk)
        self.stored_slug = self.instance.slug
        if self.fields["slug"].disabled:
            # Unlike other short names an address can be led on from: see save_model.
            self.fields["slug"].disabled = False
            self.fields["slug"].help_text = gettext_lazy("Published: with another one, readers of this one are led on.")

    def known_at(self) -> list[Place]:
        """Former addresses that lead to the section do not count: they go with it."""
        return [place for place in super().known_at() if not isinstance(place.row, FormerAddress)]

    def clean_kind(self) -> str:
        before, after = self.stored_kind, kinds.KINDS[self.cleaned_data["kind"]]
        if before and before.rows and before.rows != after.rows:
            count = getattr(self.instance, before.rows).count()
            if count:
                raise ValidationError(
                    ngettext(
                        "The section holds %(count)d row that this kind does not show. Delete it first, and save.",
                        "The section holds %(count)d rows that this kind does not show. Delete them first, and save.",
                        count,
                    )
                    % {"count": count}
                )
        return after.slug


def lead_on(section: Section, former: str) -> None:
    """Lead readers of the address that `section` had to the one that it has now, and with them those led there."""
    addresses = section.guide.former_addresses
    addresses.filter(slug=section.slug).delete()
    addresses.filter(leads_to=former).update(leads_to=section.slug)
    addresses.create(slug=former, leads_to=section.slug)


def following(section: Section) -> Section | None:
    """The section or part that readers meet after this one, or None after the last."""
    sections = list(in_reading_order(list(section.guide.sections.all())))
    place = next((place for place, each in enumerate(sections) if each.pk == section.pk), len(sections))
    return sections[place + 1] if place + 1 < len(sections) else None


class MarkdownForm(forms.Form):
    """A text to show as readers will see it."""

    # Lines are counted as they stand in the box, from the first, which may be empty.
    text = forms.CharField(required=False, strip=False, max_length=Section._meta.get_field("body").max_length)


class GuideOfTextForm(forms.Form):
    """The query string of the address that shows it: the guide whose figures the text names."""

    guide = forms.ModelChoiceField(Guide.objects.all(), required=False)


@admin.register(Section)
class SectionAdmin(WorkedOnTogether, ContentAdmin):
    form = SectionForm
    change_form_template = "admin/guides/section/change_form.html"
    list_display = ["heading", "guide", "parent", "kind", "slug", "words", "kept_by", "reviewed"]
    list_filter = ["guide", "kind", KeptByFilter]
    actions = together.ACTIONS
    list_select_related = ["guide", "parent"]
    search_fields = ["heading", "slug", "summary", "body", "points__text", "questions__question", "skills__name"]
    search_help_text = gettext_lazy("Search headings, summaries, texts and rows.")
    ordering = ["guide__title", "position", "pk"]
    list_per_page = 50
    fieldsets = [(None, {"fields": [("heading", "slug"), ("guide", "parent"), "kind", "summary", "body"]})]

    def get_urls(self) -> list[URLPattern]:
        preview = path("markdown/", self.admin_site.admin_view(self.markdown), name="guides_section_markdown")
        return [preview, *super().get_urls()]

    # It follows the typing, so it asks far more often than a form is saved.
    @throttled("markdown", most=20_000, seconds=3600)
    def markdown(self, request: ContentRequest) -> HttpResponse:
        """A text as readers will see it, for the box that it is typed in."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = MarkdownForm(request.POST)
        if not form.is_valid():
            return render(request, "admin/guides/_markdown.html", {"errors": form.errors["text"]}, status=422)
        asked = GuideOfTextForm(request.GET)
        if not asked.is_valid():
            raise refused(asked)
        request.guide_at_hand = asked.cleaned_data["guide"]
        preview = writing.preview_of(form.cleaned_data["text"], writing.at_hand(request))
        return render(request, "admin/guides/_markdown.html", preview)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["heading"]}

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        # A new section gets its rows once its kind is saved.
        rows = obj.kind_info.rows if obj else ""
        return [inline_of(rows)] if rows else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return together.with_upkeep(super().get_queryset(request).select_related("guide"))

    @admin.display(description=gettext_lazy("reviewed"), ordering="reviewed_last")
    def reviewed(self, section: Any) -> date | None:
        last: date | None = section.reviewed_last
        return last

    def review(self, request: HttpRequest, rows: Sequence[Any], day: date | None) -> HttpResponse:
        """When a section was read against its sources is the editors' own note: readers see the guide's."""
        reviewing.mark_sections(request, rows, day)
        if day:
            said = ngettext(
                "%(count)d section is marked as reviewed on %(day)s.",
                "%(count)d sections are marked as reviewed on %(day)s.",
                len(rows),
            ) % {"count": len(rows), "day": day.isoformat()}
        else:
            said = ngettext(
                "%(count)d section is not marked as reviewed any more.",
                "%(count)d sections are not marked as reviewed any more.",
                len(rows),
            ) % {"count": len(rows)}
        undo = request.get_full_path()
        self.message_user(request, format_html('{} <a href="{}">{}</a>', said, undo, _("Correct it")))
        return HttpResponseRedirect(self.back_url(request))

    def back_url(self, request: HttpRequest) -> str:
        """Who came from the screen of the one section goes back to that."""
        rows = request.GET.getlist("section")
        if ONE in request.GET and len(rows) == 1 and rows[0].isdecimal():
            return reverse("admin:guides_section_change", args=rows)
        return super().back_url(request)

    @admin.display(description=gettext_lazy("words of text"))
    def words(self, section: Section) -> int:
        return len(section.body.split())

    def view_on_site(self, section: Section) -> str | None:
        """The section's address, where readers can follow it."""
        live = ("guides.section", section.slug) in editions.live_names(section.guide)
        return section.get_absolute_url() if live else None

    def trail(self, obj: Section) -> list[Model]:
        return [obj.guide, obj.parent] if obj.parent else [obj.guide]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            last = obj.guide.sections.aggregate(last=Max("position"))["last"]
            obj.position = (last or 0) + 1
        super().save_model(request, obj, form, change)
        if ("guides.section", form.stored_slug) in form.published and form.stored_slug != obj.slug:
            lead_on(obj, form.stored_slug)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and following(obj):
            context["next_button"] = NEXT
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Section) -> HttpResponseRedirect:
        """Go on with the section that follows, where that was asked for."""
        after = following(obj) if NEXT in request.POST else None
        return HttpResponseRedirect(change_url(after)) if after else super().response_post_save_change(request, obj)

    def response_add(self, request: Any, obj: Section, post_url_continue: str | None = None) -> HttpResponse:
        """Stay with the new section: its rows come next."""
        if not {"_addanother", "_popup", REVIEW} & request.POST.keys():
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_add(request, obj, post_url_continue)
