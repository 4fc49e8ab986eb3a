"""The list of figures by disagreement and by age, and taking a newer one over."""

import re
from collections import defaultdict
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guides import formats
from guides.models import Figure, Guide, Observation

from ..comparison import NEWER, OTHER, HeldFigure, Outdated, hold, use_several
from ..models import CheckedFigure, Dataset
from ..proposals import propose

USE = "datasets_checkedfigure_use"
DISAGREEMENT, AGE = "disagreement", "age"
ORDERS = [(DISAGREEMENT, gettext_lazy("By disagreement")), (AGE, gettext_lazy("By age"))]
URGENCY = [OTHER, NEWER, ""]
PER_PAGE = 100
# A key of a row, and of another one; longer numbers are no keys.
PAIR = re.compile(r"(\d{1,18})-(\d{1,18})")


class ListForm(forms.Form):
    """What the list's address may say."""

    by = forms.ChoiceField(choices=ORDERS, required=False)
    p = forms.IntegerField(min_value=1, required=False)


class ChosenForm(forms.Form):
    """Which figures to look at before newer ones are taken over: some, or `all` that newer data contradicts."""

    f = forms.ModelMultipleChoiceField(Figure.objects.all(), required=False)
    all = forms.BooleanField(required=False)
    by = forms.ChoiceField(choices=ORDERS, required=False)


class ChosenField(forms.Field):
    """Figures, and for each the imported value that was shown beside it: '12-345', several times."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": gettext_lazy("Nothing was chosen, so nothing was changed.")}

    def to_python(self, value: list[str] | None) -> dict[int, int]:
        pairs = [PAIR.fullmatch(one) for one in value or []]
        if not all(pairs):
            raise ValidationError(_("The form does not name imported figures."), "invalid")
        return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


class UseNewerForm(forms.Form):
    """What the editor takes over, and the order to come back to."""

    take = ChosenField()
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

    def use_view(self, request: HttpRequest) -> HttpResponse:
        """Show what newer figures would change in the drafts, and take over those that are chosen."""
        if not request.user.is_authenticated or not self.has_change_permission(request):
            raise PermissionDenied
        return self.take_over(request, request.user) if request.method == "POST" else self.show_proposals(request)

    def show_proposals(self, request: HttpRequest) -> HttpResponse:
        """Show each figure with every sentence that it would change, and what is out of line about it."""
        form = ChosenForm(request.GET)
        if not form.is_valid():
            raise BadRequest(_("The address does not name figures."))
        by, chosen = form.cleaned_data["by"] or DISAGREEMENT, form.cleaned_data["f"]
        held_figures = [held for held in sorted_figures(DISAGREEMENT) if held.kind]
        if not form.cleaned_data["all"]:
            held_figures = [held for held in held_figures if held.figure in chosen]
        proposals = list(propose(held_figures[:PER_PAGE]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Use newer figures"),
            "opts": self.model._meta,
            "proposals": sorted(proposals, key=lambda proposal: proposal.guide.title),
            "left_out": len(held_figures) - len(proposals),
            "by": by,
            "credited": Dataset.objects.installed().with_figures(),
        }
        return TemplateResponse(request, "datasets/use_newer.html", context)

    def take_over(self, request: HttpRequest, author: AbstractBaseUser) -> HttpResponse:
        """Take the chosen values over: all of them, or where one is not what was shown none."""
        form = UseNewerForm(request.POST)
        if not form.is_valid():
            if form.has_error("take", "required"):
                messages.warning(request, str(form.errors["take"][0]))
                return self.back(request.POST.get("by", ""))
            raise BadRequest(_("The form does not name imported figures."))
        try:
            self.say(request, use_several(form.cleaned_data["take"], author))
        except Outdated:
            messages.warning(request, _("Nothing was changed: a figure or the imported data is not what you saw."))
        except ValidationError as error:
            messages.error(request, _("Nothing was changed: %(why)s") % {"why": " ".join(error.messages)})
        return self.back(form.cleaned_data["by"])

    def back(self, by: str) -> HttpResponse:
        """Lead back to the list in the order it had."""
        query = f"?by={by}" if by in dict(ORDERS) else ""
        return HttpResponseRedirect(f"{reverse('admin:datasets_checkedfigure_changelist')}{query}")

    def say(self, request: HttpRequest, observations: list[Observation]) -> None:
        """Tell the editor what was done, guide by guide, and where an older observation still leads."""
        figures = Figure.objects.select_related("section__guide").in_bulk([each.figure_id for each in observations])
        done: defaultdict[Guide, list[str]] = defaultdict(list)
        for observation in observations:
            figure = figures[observation.figure_id]
            names = {"figure": figure.label, "says": formats.amount(observation)}
            if figure.leading == observation:
                done[figure.section.guide].append(_("%(figure)s now says %(says)s") % names)
            else:
                told = _("%(says)s was added to %(figure)s, but an older observation leads: edit or remove that one.")
                messages.warning(request, told % names)
        for guide, said in done.items():
            told = _("In the draft of %(guide)s: %(said)s. Readers see it once it is published.")
            messages.success(request, told % {"guide": guide, "said": "; ".join(said)})


def sorted_figures(by: str) -> list[HeldFigure]:
    """Return every draft figure held against imported data, in the order asked for. A constant number of queries."""
    figures = Figure.objects.select_related("section__guide").prefetch_related("observations__source")
    held_figures = hold(figures.order_by("section__guide__title", "section__position", "position", "pk"))
    return sorted(held_figures, key=_age if by == AGE else _urgency)


def _age(held: HeldFigure) -> tuple[bool, tuple[int, date] | None]:
    """Sort key: figures without an observation, then those due longest."""
    leading = held.leading
    return (leading is not None, (leading.year, leading.review_after) if leading else None)


def _urgency(held: HeldFigure) -> int:
    return URGENCY.index(held.kind)


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
