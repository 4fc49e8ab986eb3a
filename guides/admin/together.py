"""What lists of guides and of sections do with all that is ticked: reviewed, assigned, another source."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Batch, Guide, Section, Source, Upkeep
from ..models.upkeep import note
from ..publishing import batches, citing, editions, rewriting
from ..publishing.citing import Use
from ..publishing.places import Place
from . import places, reviewing
from .base import person
from .batches import batch_url
from .reviewing import ReviewForm

# So many rows are worked on at once: their keys stand in the address.
MOST = 400
# The query parameter of such a page with that of the list it was opened from: its search, filters and page.
BACK = "_back"
ACTIONS = ["mark_reviewed", "assign", "change_source"]


class ChosenRowsForm(forms.Form):
    """The guides, or the sections, that were ticked."""

    guide = forms.ModelMultipleChoiceField(Guide.objects.all(), required=False)
    section = forms.ModelMultipleChoiceField(Section.objects.select_related("guide"), required=False)

    @property
    def rows(self) -> list[Guide | Section]:
        return [*self.cleaned_data["guide"], *self.cleaned_data["section"]]


class AssignForm(forms.Form):
    """Whose care they are in."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Kept by"),
        empty_label=gettext_lazy("nobody"),
        help_text=gettext_lazy("Their front page leads to what is in their care, and lists can be filtered by it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        cast(forms.ModelChoiceField, self.fields["person"]).queryset = people


class SourcesForm(forms.Form):
    """Which source is to go, and which one takes its place."""

    old = forms.ModelChoiceField(Source.objects.none(), label=gettext_lazy("In place of"))
    new = forms.ModelChoiceField(Source.objects.all(), label=gettext_lazy("Cite"))

    def __init__(self, cited: Iterable[Source], data: Any = None) -> None:
        super().__init__(data)
        queryset = Source.objects.filter(pk__in=[source.pk for source in cited])
        cast(forms.ModelChoiceField, self.fields["old"]).queryset = queryset

    def clean(self) -> None:
        if self.cleaned_data.get("old") and self.cleaned_data.get("old") == self.cleaned_data.get("new"):
            raise ValidationError(_("These are the same source."))


class KeptByFilter(admin.SimpleListFilter):
    """Guides or sections by whose care they are in."""

    title = gettext_lazy("kept by")
    parameter_name = "kept_by"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        people = User.objects.filter(pk__in=Upkeep.objects.values("person")).order_by("username")
        return [("me", _("me")), ("nobody", _("nobody")), *((str(each.pk), str(each)) for each in people)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "nobody":
            return queryset.filter(kept_by=None)
        who = request.user.pk if value == "me" else value
        return queryset.filter(kept_by=who) if who and str(who).isdecimal() else queryset


def with_upkeep(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return a queryset of guides or of sections with whose care each is in, and when it was reviewed last."""
    key = {"guide": OuterRef("pk"), "section": ""} if rows.model is Guide else {}
    own = Upkeep.objects.filter(**(key or {"guide": OuterRef("guide"), "section": OuterRef("slug")}))
    annotated: QuerySet[Any] = rows.annotate(
        kept_by=Subquery(own.values("person")[:1]),
        kept_by_name=Subquery(own.values("person__username")[:1]),
        reviewed_last=Subquery(own.values("reviewed_on")[:1]),
    )
    return annotated


class WorkedOnTogether(admin.ModelAdmin):
    """A list whose rows are worked on together: guides, or sections. Rows come from `with_upkeep`."""

    actions: Sequence[Any] | None = ACTIONS

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Django's own deletes rows without a new edition of their guides.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, self.opts.model_name
        return [
            path("review/", wrap(self.review_view), name=f"guides_{name}_review"),
            path("assign/", wrap(self.assign_view), name=f"guides_{name}_assign"),
            path("source/", wrap(self.source_view), name=f"guides_{name}_source"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("kept by"), ordering="kept_by_name")
    def kept_by(self, row: Any) -> str:
        return row.kept_by_name or ""

    @admin.action(description=gettext_lazy("Mark as reviewed"), permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._led_to("review", request, queryset)

    def review(self, request: HttpRequest, rows: Sequence[Any], day: date | None) -> HttpResponse:
        """Note that all of `rows` were read against their sources on `day`, and lead on."""
        raise NotImplementedError

    @admin.action(description=gettext_lazy("Assign to a person"), permissions=["change"])
    def assign(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._led_to("assign", request, queryset)

    @admin.action(description=gettext_lazy("Cite another source"), permissions=["change"])
    def change_source(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._led_to("source", request, queryset)

    def _led_to(self, page: str, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Lead to a page that asks for more; None, with the reason, where too many rows are ticked."""
        keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            self.message_user(request, _("Tick at most %(most)d at once.") % {"most": MOST}, messages.WARNING)
            return None
        name = str(self.opts.model_name)
        address = reverse(f"admin:guides_{name}_{page}")
        query: dict[str, Any] = {name: keys}
        if filters := request.GET.urlencode():
            query[BACK] = filters
        return HttpResponseRedirect(f"{address}?{urlencode(query, doseq=True)}")

    def back_url(self, request: HttpRequest) -> str:
        """The list that a page was opened from, filtered as it was."""
        filters = QueryDict(request.GET.get(BACK, "")).urlencode()
        address = reverse(f"admin:guides_{self.opts.model_name}_changelist")
        return f"{address}?{filters}" if filters else address

    def _rows(self, request: HttpRequest) -> list[Guide | Section]:
        """The rows that the address names; refused where the person may not change them."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = ChosenRowsForm(request.GET)
        if not form.is_valid() or not form.rows:
            raise BadRequest(_("The address does not name guides or sections."))
        return form.rows

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the day, and note it of all that was ticked."""
        rows = self._rows(request)
        form = ReviewForm(isinstance(rows[0], Section), request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self.review(request, rows, form.cleaned_data["reviewed_on"])
        reviews = [(row, day) for row, day in zip(rows, reviewing.last_days(rows), strict=True)]
        return self._page(request, "reviewed", _("Mark as reviewed"), {"form": form, "rows": rows, "reviews": reviews})

    def assign_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a person, and put all that was ticked in their care."""
        rows = self._rows(request)
        form = AssignForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            who = form.cleaned_data["person"]
            with transaction.atomic():
                for row in rows:
                    note(row, person=who)
            said = ngettext("%(count)d is kept by %(who)s now.", "%(count)d are kept by %(who)s now.", len(rows))
            self.message_user(request, said % {"count": len(rows), "who": who or _("nobody")}, messages.SUCCESS)
            return HttpResponseRedirect(self.back_url(request))
        return self._page(request, "assign", _("Assign to a person"), {"form": form, "rows": rows})

    def source_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for two sources, show each place that would change, and change those that are chosen."""
        rows = self._rows(request)
        guides = [row.pk for row in rows if isinstance(row, Guide)]
        sections = [row.pk for row in rows if isinstance(row, Section)]
        asked: QueryDict = request.POST if request.method == "POST" else request.GET
        form = SourcesForm(citing.cited_by(guides, sections), asked if "old" in asked else None)
        is_asked = form.is_bound and form.is_valid()
        if request.method == "POST" and is_asked:
            answer = self._change(request, form.cleaned_data, guides, sections)
            if answer:
                return answer
        found = citing.uses(form.cleaned_data["old"], guides, sections) if is_asked else []
        context = {
            "form": form,
            "rows": rows,
            "keys": [("guide", pk) for pk in guides] + [("section", pk) for pk in sections],
            "is_asked": is_asked,
            "shown": [(use, _address(use)) for use in sorted(found, key=_place)],
        }
        return self._page(request, "change_source", _("Cite another source"), context)

    def _change(
        self, request: HttpRequest, asked: dict[str, Any], guides: Collection[int], sections: Collection[int]
    ) -> HttpResponse | None:
        """Change the chosen places, all or none, and lead to the drafts; None where nothing was changed."""
        taken = set(request.POST.getlist("take"))
        if not taken:
            messages.warning(request, _("Nothing was chosen, so nothing was changed."))
            return None
        try:
            batch = self._batch(request, asked["old"], asked["new"], taken, guides, sections)
        except rewriting.Outdated:
            told = _("Nothing was changed: some of these places were changed meanwhile. They are as they are now.")
            messages.warning(request, told)
            return None
        except ValidationError as error:
            messages.error(request, _("Nothing was changed. %(why)s") % {"why": " ".join(error.messages)})
            return None
        if batch is None:
            messages.warning(request, _("Nothing was changed: it says that already."))
            return None
        messages.success(request, _("Changed in the drafts. Their history keeps the source that was cited before."))
        return HttpResponseRedirect(batch_url(batch))

    @transaction.atomic
    def _batch(
        self,
        request: HttpRequest,
        old: Source,
        new: Source,
        taken: set[str],
        guides: Collection[int],
        sections: Collection[int],
    ) -> Batch | None:
        """Change the places with the keys `taken`. Raises rewriting.Outdated where one of them is no more."""
        of_sections = Section.objects.filter(pk__in=sections).values_list("guide", flat=True)
        editions.lock_all(Guide.objects.filter(pk__in={*guides, *of_sections}))
        chosen: list[Use] = [use for use in citing.uses(old, guides, sections) if use.key in taken]
        if len({use.key for use in chosen}) < len(taken):
            raise rewriting.Outdated([])
        changed = citing.change(old, new, chosen)
        comment = _("%(new)s cited in place of %(old)s") % {"new": new, "old": old}
        return batches.save(dict.fromkeys(changed, comment), person(request), comment)

    def _page(self, request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
        frame = self.admin_site.each_context(request) | {"opts": self.opts, "media": self.media, "title": title}
        frame["list_name"] = capfirst(self.opts.verbose_name_plural)
        frame["list_url"] = reverse(f"admin:guides_{self.opts.model_name}_changelist")
        frame["back_url"] = self.back_url(request)
        request.current_app = self.admin_site.name
        form = context["form"]
        status = 422 if form.is_bound and not form.is_valid() else 200
        return TemplateResponse(request, f"admin/guides/{name}.html", frame | context, status=status)


def _place(use: Use) -> tuple[str, int, str]:
    """Sort key: by guide, and by section as it is read."""
    return (use.guide.title, use.section.position if use.section else -1, use.subject)


def _address(use: Use) -> str:
    return places.screen_address(Place(str(use.guide), "", use.subject, row=use.row))
