"""Screens that lose no word: an older copy of a form is refused, and what is typed is kept until it is saved.

Every screen of the admin that changes anything stands on VersionedAdmin, whether it edits guides or accounts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from ..models import UnsavedText
from ..typed_pages import KEY, TAKE_BACK
from ..views.unsaved import settle
from . import conflicts, pickers, unsaved
from .forms import VersionedForm


class FormRequest(HttpRequest):
    """A request that may have asked to take back a text."""

    taken_back: UnsavedText | None


@dataclass(frozen=True)
class Saved:
    """Who saved something last, and when."""

    author: AbstractBaseUser | None
    when: datetime


class VersionedAdmin(admin.ModelAdmin):
    """A screen whose form carries the version of what it edits. Its form inherits VersionedForm."""

    form = VersionedForm
    # It shows the version's field and, on a conflict, both texts.
    change_form_template = "admin/guides/change_form.html"
    # Whether what is typed is kept while one types. Passwords are not typed on such a screen.
    keeps_unsaved = True

    @property
    def media(self) -> Media:
        """Django's own, and what makes long lists searchable."""
        return super().media + pickers.MEDIA

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if change:
            form.stored_version = conflicts.version(self, request, obj, form)
        form.named_after = tuple(self.get_prepopulated_fields(request).get("slug", ()))
        form.is_taken_back = getattr(request, "taken_back", None) is not None
        return form

    def lock(self, obj: Model) -> None:
        """Hold what a save of `obj` decides on until the transaction ends."""
        type(obj)._default_manager.select_for_update().filter(pk=obj.pk).first()

    def last_saved(self, obj: Model) -> Saved | None:
        """Who saved `obj` last and when, or None where nobody did so in the admin."""
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk))
        entry = entries.select_related("user").order_by("-action_time", "-pk").first()
        return Saved(entry.user, entry.action_time) if entry else None

    @transaction.atomic
    def _posted(
        self, view: Callable[..., Any], request: HttpRequest, object_id: str | None, *args: Any
    ) -> HttpResponse:
        """Run `view`, which writes, with what it writes locked before anything is read that decides."""
        if object_id:
            obj = self.get_object(request, unquote(object_id))
            if obj is None and self.has_change_permission(request):
                return conflicts.gone(request, self)
            if obj is not None:
                self.lock(obj)
        response: HttpResponse = view(request, object_id, *args)
        if unsaved.is_saved(request, response):
            settle(request, request.POST[KEY])
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        if TAKE_BACK in request.POST:
            text = cast(FormRequest, request).taken_back = unsaved.taken_back(request)
            if text is None:
                gone = _("There is nothing to take back any more: it was saved or thrown away.")
                self.message_user(request, gone, messages.WARNING)
                return HttpResponseRedirect(request.get_full_path())
        return self._posted(view, request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = super().delete_view
        if request.method == "POST":
            return self._posted(view, request, object_id, extra_context)
        return view(request, object_id, extra_context)

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            conflicts.bring_back_deleted(kwargs["data"], prefix, kwargs["queryset"])
        return kwargs

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        is_conflict = getattr(form, "is_conflict", False)
        if is_conflict and obj is not None:
            context["conflict"] = conflicts.conflicting_fields(form, formsets)
            context["saved"] = self.last_saved(obj)
        if self.keeps_unsaved and (self.has_change_permission(request, obj) if obj else add):
            context |= self.unsaved_context(request, obj, form, formsets)
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if is_conflict:
            response.status_code = 409
        return response

    def unsaved_context(
        self, request: HttpRequest, obj: Model | None, form: Any, formsets: list[Any]
    ) -> dict[str, Any]:
        """What the form says of texts that were not saved: the one it holds, or those that can be taken back."""
        context = {
            "unsaved_field": KEY,
            "unsaved_key": request.POST.get(KEY, ""),
            "unsaved_address": unsaved.address_of(request),
            "is_typed": request.method == "POST",
        }
        if request.method != "POST":
            offers = list(unsaved.offers(self, request, obj))
            newer = self.last_saved(obj) if obj and any(offer.is_outdated for offer in offers) else None
            return context | {"offers": offers, "newer": newer}
        text = getattr(request, "taken_back", None)
        if text is None or form.is_conflict:
            return context
        # That it is not saved is no fault of what was typed.
        form.errors.pop("__all__", None)
        taken_back = {"text": text, "differences": conflicts.conflicting_fields(form, formsets)}
        return context | {"taken_back": taken_back, "errors": helpers.AdminErrorList(form, formsets)}
