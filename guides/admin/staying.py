"""After a save one stays in the guide: what was saved, the next steps towards readers, and back to its outline."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..models import Edition, Figure, Guide, Section
from ..publishing import editions
from ..registry import content_models
from ..registry.groups import PUBLISH

# The button that saves and leads on to what would change for readers.
REVIEW = "_review"


def guide_of(row: Model) -> Guide | None:
    """The guide that a row is part of, or None where it belongs to several."""
    if isinstance(row, Guide):
        return Guide.objects.get(pk=row.pk)
    return content_models.guide_of(row) if content_models.content_of(type(row)) else None


def outline_url(guide: Guide) -> str:
    """Where the guide's sections are listed in their order."""
    return f"{reverse('admin:guides_guide_change', args=[guide.pk])}#sections-group"


def overview_url(guide: Guide) -> str:
    """Where it stands what the guide has and what it lacks."""
    return f"{reverse('admin:guides_guide_change', args=[guide.pk])}#overview"


def draft_url(guide: Guide) -> str:
    """Where a guide's draft is compared, submitted and published."""
    return reverse("admin:guides_guide_draft", args=[guide.pk])


def compare_url(before: Edition, after: Edition) -> str:
    """The address of a comparison."""
    return f"{reverse('admin:guides_edition_compare')}?a={before.pk}&b={after.pk}"


def next_steps(request: HttpRequest, guide: Guide, row: Model) -> SafeString | None:
    """What can be done with the guide's draft now; None where readers see it already."""
    draft = editions.newest(guide)
    if draft is None or draft.state == draft.State.LIVE:
        return None
    preview = reverse("admin:guides_guide_preview", args=[guide.pk])
    if isinstance(row, Section):
        preview = f"{preview}?section={row.slug}"
    before = guide.editions.filter(number__lt=draft.number).order_by("-number").first()
    changed = compare_url(before, draft) if before else draft_url(guide)
    last = _("Publish") if request.user.has_perm(PUBLISH) else _("Submit for review")
    return format_html(
        '{} <a href="{}">{}</a> · <a href="{}">{}</a> · <a href="{}#steps">{}</a>',
        _("Draft saved."), preview, _("Preview"), changed, _("What changed"), draft_url(guide), last,
    )  # fmt: skip


class StaysInGuide(admin.ModelAdmin):
    """A screen of a row of a guide. Who came from a list that they had filtered goes back to that."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["review_button"] = REVIEW if content_models.content_of(self.model) or self.model is Guide else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._led_on(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._led_on(request, obj, super().response_change(request, obj))

    def _led_on(self, request: HttpRequest, row: Model, response: HttpResponse) -> HttpResponse:
        guide = guide_of(row)
        if guide is None or "_popup" in request.POST:
            return response
        if REVIEW in request.POST:
            return HttpResponseRedirect(draft_url(guide))
        if steps := next_steps(request, guide, row):
            messages.info(request, steps)
        return response

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request, obj) or super().response_post_save_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        guide: Guide | None = getattr(request, "guide_of_deleted", None)
        if guide is None or response.status_code != 302:
            return response
        after = editions.newest(guide)
        before = guide.editions.filter(number__lt=after.number).order_by("-number").first() if after else None
        if after and before:
            undo = format_html('<a href="{}">{}</a>', compare_url(before, after), _("See what went, and bring it back"))
            messages.info(request, undo)
        if self.get_preserved_filters(request):
            return response
        return HttpResponseRedirect(outline_url(guide))

    def _back(self, request: HttpRequest, row: Model) -> HttpResponseRedirect | None:
        """Back to the guide; None where there is none, or a list that was filtered waits."""
        guide = guide_of(row)
        if guide is None or self.get_preserved_filters(request):
            return None
        return HttpResponseRedirect(outline_url(guide) if isinstance(row, Section | Figure) else overview_url(guide))
