"""Screens for what texts and rows refer to: it is deleted only once nothing refers to it any more."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from ..publishing import content_version, references
from . import places
from .versioned import VersionedAdmin


class ReferencedAdmin(VersionedAdmin):
    """A screen whose deletion names the places that refer to the row, and waits until there is none."""

    delete_confirmation_template = "admin/guides/delete_confirmation.html"

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[Any, Any, Any, Any]:
        listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        if request.method == "POST":
            content_version.hold()
        links = [places.link(place) for row in objs for place in references.places(row)]
        # Django's own list holds no more than those of them that a foreign key makes.
        return listed, counts, missing, links or protected

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        response = super().render_delete_form(request, context)
        if request.method == "POST":
            response.status_code = 409
        return response
