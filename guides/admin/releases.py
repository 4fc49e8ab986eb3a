"""What releases brought: where a release and editors changed the same row, both side by side, and a choice."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import freezing
from ..models import ShippedContent
from ..models.shared import Reviewed
from ..models.shipped import ShippedContentQuerySet
from ..publishing import collisions, diff, editions
from ..publishing.alignment import Plain, parent
from ..publishing.merge import Collision
from ..publishing.places import headings_in
from ..registry import content_models
from ..registry.groups import PUBLISH
from ..registry.overview import change_url
from .base import history_url, person
from .open_steps import EDIT
from .read_only import ReadOnlyAdmin

# What the names of choices begin with on the page.
PREFIX = "row"
CHOICES = [
    (collisions.KEEP, gettext_lazy("Keep what is here")),
    (collisions.TAKE, gettext_lazy("Take what the release says")),
]


class DecisionsForm(forms.Form):
    """One choice a collision; those that are left open stay open."""

    def __init__(self, names: list[str], data: Any | None = None) -> None:
        super().__init__(data, prefix=PREFIX)
        for name in names:
            self.fields[name] = forms.ChoiceField(choices=CHOICES, required=False, widget=forms.RadioSelect)

    def decisions(self) -> dict[str, str]:
        """What was chosen, by the collision's name."""
        return {name: choice for name, choice in self.cleaned_data.items() if choice}


@dataclass
class ShownCollision:
    """A collision as the page shows it."""

    place: str
    name: str
    note: str
    screen: str
    fields: list[collisions.CollidingField]
    field: forms.BoundField


class WaitingFilter(admin.SimpleListFilter):
    """What needs an editor."""

    title = gettext_lazy("what needs you")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("1", _("needs an editor"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return cast(ShippedContentQuerySet, queryset).waiting() if self.value() == "1" else queryset


@admin.register(ShippedContent)
class ShippedContentAdmin(ReadOnlyAdmin):
    list_display = ["slug", "kind", "release", "brought_at", "standing"]
    list_filter = [WaitingFilter]
    list_per_page = 100
    search_fields = ["slug"]
    search_help_text = gettext_lazy("Search short names.")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: ShippedContent | None = None) -> bool:
        return request.user.has_perm("guides.view_edition")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: ShippedContent | None = None) -> bool:
        return request.user.has_perm(EDIT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShippedContent]:
        # Lists would otherwise read every guide's whole text from the disk.
        return cast(ShippedContentQuerySet, super().get_queryset(request)).with_drafts().defer("packed")

    @admin.display(description=gettext_lazy("kind"), ordering="model")
    def kind(self, record: ShippedContent) -> str:
        return record.kind

    @admin.display(description=gettext_lazy("where it stands"))
    def standing(self, record: ShippedContent) -> str:
        return collisions.describe(record)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the release and editors both changed, side by side."""
        record = self.row_seen(request, object_id)
        by_name = collisions.of(record)
        form = DecisionsForm(list(by_name), request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            if form.is_valid():
                return self._decide(request, record, form)
        return self._page(request, record, by_name, form)

    def _decide(self, request: HttpRequest, record: ShippedContent, form: DecisionsForm) -> HttpResponse:
        """Do what was chosen, and say what became of it."""
        # What was on the page and is settled by now is passed on, to be refused.
        start = f"{PREFIX}-"
        sent = {name.removeprefix(start) for name in request.POST if name.startswith(start)}
        decisions = form.decisions() | dict.fromkeys(sent - form.fields.keys(), collisions.KEEP)
        try:
            if decisions:
                collisions.settle(record, decisions, person(request))
                messages.success(request, _("%(count)s settled.") % {"count": len(decisions)})
            elif "seen" in request.POST:
                collisions.dismiss(record)
                messages.success(request, _("It is not announced any more."))
            else:
                messages.warning(request, _("Nothing was chosen, so nothing has changed."))
        except editions.PublishingRefused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(change_url(record))

    def _page(
        self, request: HttpRequest, record: ShippedContent, by_name: dict[str, Collision], form: DecisionsForm
    ) -> HttpResponse:
        row = record.row()
        guide = row if record.is_guide else None
        now = freezing.freeze(guide, derived=False)["objects"] if guide and by_name else []
        headings = headings_in([*(record.content["objects"] if by_name else []), *now])
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "media": self.media,
            "title": _("%(name)s: from release %(release)s") % {"name": record, "release": record.release or "—"},
            "record": record,
            "row": row,
            "row_url": change_url(row) if row else "",
            "guide": guide,
            "is_draft": isinstance(row, Reviewed) and not request.user.has_perm(PUBLISH),
            "history_url": history_url(guide) if guide else "",
            "may_decide": self.has_change_permission(request, record),
            "standing": collisions.describe(record),
            "collisions": [self._for_page(record, row, each, headings, form[name]) for name, each in by_name.items()],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/guides/release.html", context)

    def _for_page(
        self,
        record: ShippedContent,
        row: Model | None,
        collision: Collision,
        headings: dict[str, str],
        field: forms.BoundField,
    ) -> ShownCollision:
        note = ""
        if collision.theirs is None:
            note = _("It was deleted here, and the release has it in another state.")
        elif collision.shipped is None:
            note = _("It was changed here, and the release has it no longer.")
        elif collision.base is None:
            note = _("Both added it, in different words.")
        place = diff.place_of(collision.plain, headings) if record.is_guide else record.kind
        screen = self._screen(collision.plain, row) if row else ""
        return ShownCollision(
            place, diff.name_of(collision.plain), note, screen, collisions.differing_fields(collision), field
        )

    def _screen(self, plain: Plain, row: Model) -> str:
        """The address of the screen that edits a plain object of `row`, as near as there is one."""
        content = content_models.content_of(apps.get_model(plain["model"]))
        own = content and self._screen_of(content.model, plain["fields"].get("slug"), row)
        above = content and self._screen_of(content.parent_model, (parent(plain) or [None])[-1], row)
        return own or above or change_url(row)

    def _screen_of(self, model: type[Model], slug: str | None, guide: Model) -> str:
        content = content_models.content_of(model)
        if content is None or slug is None or not self.admin_site.is_registered(model):
            return ""
        row = model._default_manager.filter(**{content.guide_path: guide, "slug": slug}).first()
        return change_url(row) if row else ""
