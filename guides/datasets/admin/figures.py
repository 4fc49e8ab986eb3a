"""The list of figures by disagreement and by age, and taking a newer one over."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from guides import formats
from guides.models import Figure, Observation

from ..comparison import NEWER, OTHER, ItemType, Outdated, hold, use_newer
from ..models import CheckedFigure, Dataset

DISAGREEMENT, AGE = "disagreement", "age"
ORDERS = [(DISAGREEMENT, gettext_lazy("By disagreement")), (AGE, gettext_lazy("By age"))]
URGENCY = [OTHER, NEWER, ""]
PER_PAGE = 100


class ListForm(forms.Form):
    """What the list's address may say."""

    by = forms.ChoiceField(choices=ORDERS, required=False)
    p = forms.IntegerField(min_value=1, required=False)


class UseNewerForm(forms.Form):
    """Which imported value the editor saw beside the figure, and the order to come back to."""

    imported = forms.IntegerField()
    by = forms.ChoiceField(choices=ORDERS, required=False)


@admin.register(CheckedFigure)
class CheckedFigureAdmin(admin.ModelAdmin):
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
            path("<int:pk>/use/", wrap(require_POST(self.use_view)), name="datasets_checkedfigure_use"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the figures of every draft, those that imported data contradicts or the oldest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ListForm(request.GET)
        if not form.is_valid():
            raise BadRequest(_("The list is by disagreement or by age; its pages are numbers."))
        by = form.cleaned_data["by"] or DISAGREEMENT
        page = Paginator(sorted_holdings(by), PER_PAGE).get_page(form.cleaned_data["p"] or 1)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "title": self.model._meta.verbose_name_plural.capitalize(),
            "opts": self.model._meta,
            "by": by,
            "orders": ORDERS,
            "page": page,
            "lines": [line(holding) for holding in page],
            "may_use": self.has_change_permission(request),
            "credited": Dataset.objects.installed().with_figures(),
        }
        return TemplateResponse(request, "datasets/figures.html", context)

    def use_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the imported value over into the draft."""
        if not request.user.is_authenticated or not self.has_change_permission(request):
            raise PermissionDenied
        figure = get_object_or_404(Figure.objects.select_related("section__guide"), pk=pk)
        form = UseNewerForm(request.POST)
        if not form.is_valid():
            raise BadRequest(_("The form does not name an imported figure."))
        try:
            self.say(request, use_newer(figure, form.cleaned_data["imported"], request.user))
        except Outdated:
            messages.warning(request, _("Nothing was changed: the figure or the imported data is not what you saw."))
        except ValidationError as error:
            messages.error(request, _("Nothing was changed: %(why)s") % {"why": " ".join(error.messages)})
        by = form.cleaned_data["by"] or DISAGREEMENT
        return HttpResponseRedirect(f"{reverse('admin:datasets_checkedfigure_changelist')}?by={by}")

    def say(self, request: HttpRequest, observation: Observation) -> None:
        """Tell the editor what was done, and where another observation still stands before the new one."""
        figure = Figure.objects.get(pk=observation.figure_id)
        names = {"figure": figure.label, "says": formats.amount(observation), "guide": figure.section.guide}
        if figure.leading == observation:
            done = _("%(figure)s now says %(says)s in the draft of %(guide)s. Readers see it once it is published.")
            messages.success(request, done % names)
        else:
            done = _("%(says)s was added to %(figure)s, but an older observation leads: edit or remove that one.")
            messages.warning(request, done % names)


def sorted_holdings(by: str) -> list[ItemType]:
    """Return every draft figure held against imported data, in the order asked for. A constant number of queries."""
    figures = Figure.objects.select_related("section__guide").prefetch_related("observations__source")
    holdings = hold(figures.order_by("section__guide__title", "section__position", "position", "pk"))
    return sorted(holdings, key=_age if by == AGE else _urgency)


def _age(holding: ItemType) -> tuple[bool, tuple[int, date] | None]:
    """Sort key: figures without an observation, then those due longest."""
    leading = holding.leading
    return (leading is not None, (leading.year, leading.review_after) if leading else None)


def _urgency(holding: ItemType) -> int:
    return URGENCY.index(holding.kind)


def line(holding: ItemType) -> dict[str, Any]:
    """Return what the list shows of a figure."""
    imported = holding.imported
    return {
        "holding": holding,
        "figure": holding.figure,
        "guide": holding.figure.section.guide,
        "leading": holding.leading,
        "says": formats.amount(holding.leading) if holding.leading else "",
        "imported": imported,
        "imported_says": formats.amount(imported.as_observation(holding.figure)) if imported else "",
    }
