"""Screens to look at: nobody adds, changes or deletes a row there."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """A screen whose rows stay as they are; steps on the page of one ask for rights of their own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def row_seen(self, request: HttpRequest, object_id: str) -> Any:
        """Return the row that an address names. Raises Http404 without one, PermissionDenied where it is not shown."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row
