"""Imported data to look at, and the table of Handbook entries to edit."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from guides.admin.base import Fields
from guides.admin.read_only import ReadOnlyAdmin
from guides.admin.versioned import VersionedAdmin

from ..models import Dataset, HandbookEntry, ImportedObservation, OccupationTitle, Projection, WageEstimate


class ImportedAdmin(ReadOnlyAdmin):
    """A list of what an import command wrote: nobody changes it by hand."""

    change_list_template = "datasets/credited_list.html"
    list_display_links = None
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [field.name for field in self.opts.fields]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under the credits that its publishers ask for."""
        return super().changelist_view(request, {"credited": self.credited(), **(extra_context or {})})

    def credited(self) -> QuerySet[Dataset]:
        """The datasets whose rows stand in the list."""
        return Dataset.objects.installed()


@admin.register(Dataset)
class DatasetAdmin(ImportedAdmin):
    list_display = ["form", "edition", "file_name", "imported_at"]


@admin.register(ImportedObservation)
class ImportedObservationAdmin(ImportedAdmin):
    list_display = ["title", "counted", "measure", "statistic", "said", "period", "dataset"]
    list_filter = ["dataset", "measure", "statistic"]
    list_select_related = ["dataset"]
    search_fields = ["title", "entry", "counted"]
    search_help_text = _("Search by occupation, code or Handbook entry.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedObservation]:
        return ImportedObservation.objects.with_codes()

    def credited(self) -> QuerySet[Dataset]:
        return Dataset.objects.installed().with_figures()

    @admin.display(description=_("occupation codes"), ordering="counted")
    def counted(self, row: ImportedObservation) -> str:
        return row.counted

    @admin.display(description=_("says"))
    def said(self, row: ImportedObservation) -> str:
        return row.says


@admin.register(WageEstimate)
class WageEstimateAdmin(ImportedAdmin):
    list_display = ["title", "code", "area", "jobs", "annual_mean", "annual_median", "hourly_median", "dataset"]
    list_filter = ["dataset", "area__kind"]
    list_select_related = ["area", "dataset"]
    search_fields = ["title", "code", "area__name"]
    search_help_text = _("Search by occupation, code or area.")
    show_full_result_count = False

    def credited(self) -> QuerySet[Dataset]:
        return Dataset.objects.installed().filter(pk__in=WageEstimate.objects.values("dataset"))

    @admin.display(description=_("jobs"), ordering="employment")
    def jobs(self, row: WageEstimate) -> str:
        return row.says("employment")

    @admin.display(description=_("mean a year"), ordering="annual_mean")
    def annual_mean(self, row: WageEstimate) -> str:
        return row.says("annual_mean")

    @admin.display(description=_("median a year"), ordering="annual_median")
    def annual_median(self, row: WageEstimate) -> str:
        return row.says("annual_median")

    @admin.display(description=_("median an hour"), ordering="hourly_median")
    def hourly_median(self, row: WageEstimate) -> str:
        return row.says("hourly_median")


@admin.register(Projection)
class ProjectionAdmin(ImportedAdmin):
    list_display = [
        "title",
        "code",
        "employment",
        "projected_employment",
        "change_percent",
        "openings",
        "exits",
        "dataset",
    ]
    list_filter = ["dataset", "is_group"]
    list_select_related = ["dataset"]
    search_fields = ["title", "code"]
    search_help_text = _("Search by occupation or code.")

    def credited(self) -> QuerySet[Dataset]:
        return Dataset.objects.installed().filter(pk__in=Projection.objects.values("dataset"))


@admin.register(HandbookEntry)
class HandbookEntryAdmin(Fields, VersionedAdmin):
    list_display = ["slug", "codes", "note"]
    search_fields = ["slug", "codes", "note"]


@admin.register(OccupationTitle)
class OccupationTitleAdmin(ImportedAdmin):
    list_display = ["title", "occupation", "job_zone"]
    search_fields = ["title", "occupation__code", "occupation__title"]
    search_help_text = _("Search by title or code. A title that stands under two codes is listed twice.")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[OccupationTitle]:
        return super().get_queryset(request).select_related("occupation")

    def credited(self) -> QuerySet[Dataset]:
        return Dataset.objects.installed().with_titles()

    @admin.display(description=_("job zone"))
    def job_zone(self, row: OccupationTitle) -> int | None:
        return row.occupation.job_zone
