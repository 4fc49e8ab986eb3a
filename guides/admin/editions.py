"""The history of guides, and every step from a draft to readers: review, compare, publish, restore."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import refused

from ..models import Edition, Guide
from ..publishing import checks, diff, editions, review
from . import mending, unsaved
from .open_steps import EDIT, UNTYPED
from .preview import preview_frame
from .read_only import ReadOnlyAdmin
from .staying import compare_url
from .steps import EditionSteps, live_key


class CompareForm(forms.Form):
    """The query string of a comparison: two editions of one guide."""

    a = forms.ModelChoiceField(Edition.objects.select_related("guide", "author"))
    b = forms.ModelChoiceField(Edition.objects.select_related("guide", "author"))

    def clean(self) -> None:
        one, other = self.cleaned_data.get("a"), self.cleaned_data.get("b")
        if one and other and one.guide_id != other.guide_id:
            raise forms.ValidationError(_("These are editions of different guides."))


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "saved", "author", "comment", "changes"]
    list_filter = ["state", "guide", "author"]
    list_select_related = ["guide", "author"]
    search_fields = ["guide__title", "comment", "changes", "author__username"]
    search_help_text = gettext_lazy("Search guides, reasons, changed sections and authors.")
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["compare_two"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Lists would otherwise read every guide's whole text from the disk.
        return super().get_queryset(request).defer("packed")

    def get_urls(self) -> list[URLPattern]:
        compare = path("compare/", self.admin_site.admin_view(self.compare), name="guides_edition_compare")
        frame = path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="guides_edition_preview")
        return [compare, frame, *super().get_urls()]

    @admin.display(description=gettext_lazy("saved"), ordering="created_at")
    def saved(self, edition: Edition) -> datetime:
        return edition.created_at

    @admin.action(description=gettext_lazy("Compare the two that are ticked"), permissions=["view"])
    def compare_two(self, request: HttpRequest, queryset: QuerySet[Edition]) -> HttpResponse | None:
        pair = list(queryset.order_by("number")[:3])
        if len(pair) != 2 or pair[0].guide_id != pair[1].guide_id:
            self.message_user(request, _("Tick two editions of the same guide."), messages.WARNING)
            return None
        return HttpResponseRedirect(compare_url(*pair))

    def compare(self, request: HttpRequest) -> HttpResponse:
        """Two editions side by side."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = CompareForm(request.GET)
        if not form.is_valid():
            raise refused(form)
        before, after = form.cleaned_data["a"], form.cleaned_data["b"]
        context = {
            "title": _("%(guide)s: editions %(a)s and %(b)s")
            % {"guide": before.guide, "a": before.number, "b": after.number},
            "before": before,
            "after": after,
            "changes": changes_between(before, after),
            "base": before,
            "may_bring_back": request.user.has_perm(EDIT) and before != editions.newest(before.guide),
        }
        return self.page(request, "compare", before.guide, context)

    @unsaved.keeps_typed(gettext_lazy("review of"), UNTYPED)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The edition's page: what it changes for readers, and the steps that are open to this person."""
        edition = self.row_seen(request, object_id)
        steps = EditionSteps(edition, request)
        if request.method == "POST":
            if answer := steps.answer():
                return answer
            edition = self.get_object(request, unquote(object_id)) or edition
            steps = steps.followed_by(EditionSteps(edition, request))
        live = edition.guide.editions.live().first()
        others = edition.guide.editions.exclude(pk=edition.pk)
        earlier = others.filter(number__lt=edition.number).order_by("-number").first()
        # What readers read last, even where the guide was withdrawn since: that is what would change for them.
        known = others.exclude(published_at=None).order_by("-published_at", "-number").first()
        base = earlier if live == edition else live or known
        sections = {section.slug: section for section in edition.guide.sections.all()}
        is_draft = edition == editions.newest(edition.guide)
        problems = checks.check(edition)
        context = {
            "title": str(edition),
            "edition": edition,
            "sent_back": review.open_note(edition.guide) if is_draft and not edition.review_note else None,
            "steps": steps,
            "live_key": live_key(edition),
            "is_draft": is_draft,
            "problems": [
                (problem, mending.address(problem, edition.guide, sections.get(problem.slug))) for problem in problems
            ],
            "has_errors": any(problem.stops for problem in problems),
            "base": base,
            "base_is_live": base is not None and base == live,
            "earlier": earlier,
            "compare_url": compare_url(earlier, edition) if earlier else "",
            "changes": changes_between(base, edition) if base else whole(edition),
            "may_bring_back": request.user.has_perm(EDIT) and base != editions.newest(edition.guide),
        }
        return self.page(request, "edition", edition.guide, context, steps.status)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The edition in a frame, as readers would see it."""
        edition = get_object_or_404(Edition.objects.select_related("guide"), pk=pk)
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        return preview_frame(request, self.admin_site, edition.guide, edition)

    def page(
        self, request: HttpRequest, name: str, guide: Guide, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """One of our own pages in the admin's frame."""
        frame = self.admin_site.each_context(request) | {"opts": self.opts, "guide": guide, "media": self.media}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/guides/{name}.html", frame | context, status=status)


def whole(edition: Edition) -> list[tuple[diff.Change, int | None]]:
    """All of an edition, as what was added to nothing: readers have not seen the guide yet."""
    return [(change, None) for change in diff.compare({"objects": [], "sources": []}, edition.content)]


def changes_between(before: Edition, after: Edition) -> list[tuple[diff.Change, int | None]]:
    """What differs, each with the place in `before` of what can be brought back from there, or None."""
    content = before.content
    places = {id(plain): place for place, plain in enumerate(content["objects"])}
    return [(change, places.get(id(change.was))) for change in diff.compare(content, after.content)]
