"""The list of figures by disagreement and by age."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guides import formats

from ..comparison import HeldFigure
from ..models import CheckedFigure, Dataset
from .newer import DISAGREEMENT, ORDERS, PER_PAGE, TakesNewerFigures, sorted_figures

USE = "datasets_checkedfigure_use"


class ListForm(forms.Form):
    """What the list's address may say."""

    by = forms.ChoiceField(choices=ORDERS, required=False)
    p = forms.IntegerField(min_value=1, required=False)


@admin.register(CheckedFigure)
class CheckedFigureAdmin(TakesNewerFigures):
    """The draft's figures, held against imported data. Each is edited on the figure's own screen."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CheckedFigure | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: CheckedFigure | None = None) -> bool:
        return request.user.has_perms(["guides.change_figure", "guides.add_observation", "guides.change_observation"])

    def has_view_permission(self, request: HttpRequest, obj: CheckedFigure | None = None) -> bool:
        return request.user.has_perm("guides.view_figure")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(self.changelist_view)), name="datasets_checkedfigure_changelist"),
            path("use/", wrap(require_http_methods(["GET", "HEAD", "POST"])(self.use_view)), name=USE),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the figures of every draft, those that imported data contradicts or the oldest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ListForm(request.GET)
        if not form.is_valid():
            raise BadRequest(_("The list is by disagreement or by age; its pages are numbers."))
        by = form.cleaned_data["by"] or DISAGREEMENT
        page = Paginator(sorted_figures(by), PER_PAGE).get_page(form.cleaned_data["p"] or 1)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "title": self.model._meta.verbose_name_plural.capitalize(),
            "opts": self.model._meta,
            "by": by,
            "orders": ORDERS,
            "page": page,
            "lines": [line(held) for held in page],
            "newer": sum(bool(held.kind) for held in page.paginator.object_list),
            "may_use": self.has_change_permission(request),
            "credited": Dataset.objects.installed().with_figures(),
        }
        return TemplateResponse(request, "datasets/figures.html", context)


def line(held: HeldFigure) -> dict[str, Any]:
    """Return what the list shows of a figure."""
    imported = held.imported
    return {
        "held": held,
        "figure": held.figure,
        "guide": held.figure.section.guide,
        "leading": held.leading,
        "says": formats.amount(held.leading) if held.leading else "",
        "imported": imported,
        "imported_says": formats.amount(imported.as_observation(held.figure)) if imported else "",
    }
