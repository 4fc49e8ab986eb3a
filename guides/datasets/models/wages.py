"""Wages by occupation and area, as the wage survey (OEWS) publishes them: a row for each code, area and edition.

    estimates = WageEstimate.objects.of("25-4031")
    edition = estimates.in_states().newest_edition()          # a Dataset such as May 2023, or None
    rows = estimates.in_states().filter(dataset=edition)      # by the area's name, each with its area
    nation = estimates.in_nation().filter(dataset=edition).first()
    rows[0].annual_mean, rows[0].says("annual_mean"), edition.credit

Compare a state with the nation of the same edition and the same column alone: a mean is no median, and the survey of
another May is another survey. What a file does not have is None and says '', as medians of a table of means; what the
publisher withholds is None and says so.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from guides import formats

from .imported import Dataset

PERCENTILES = ("mean", "p10", "p25", "median", "p75", "p90")
ANNUAL = tuple(f"annual_{name}" for name in PERCENTILES)
HOURLY = tuple(f"hourly_{name}" for name in PERCENTILES)
# Every number of a row, in the order in which readers and writers of rows keep them.
NUMBERS = ("employment", *HOURLY, *ANNUAL)


class Area(models.Model):
    """A place that the survey publishes wages of: the nation, a state, a territory, a metropolitan or other area."""

    class Kind(models.TextChoices):
        NATION = "nation", _("nation")
        STATE = "state", _("state")
        TERRITORY = "territory", _("territory")
        METROPOLITAN = "metro", _("metropolitan area")
        OTHER = "other", _("nonmetropolitan area")

    code = models.CharField(_("code"), max_length=7, unique=True, help_text=_("FIPS of a state, 99 of the nation."))
    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=2, help_text=_("Abbreviation of the state it is in, or US."))

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name


class WageEstimateQuerySet(models.QuerySet["WageEstimate"]):
    """Querysets that speak of wages."""

    def of(self, code: str) -> Self:
        """Those of one occupation code, such as 25-4031, by the area's name, each with its area and edition."""
        rows = self.filter(code=code, dataset__in=Dataset.objects.installed())
        return rows.select_related("area", "dataset").order_by("area__name")

    def in_nation(self) -> Self:
        """Those of the United States."""
        return self.filter(area__kind=Area.Kind.NATION)

    def in_states(self) -> Self:
        """Those of the states, the District of Columbia and the territories."""
        return self.filter(area__kind__in=(Area.Kind.STATE, Area.Kind.TERRITORY))

    def editions(self) -> list[Dataset]:
        """The editions that these are of, the newest first."""
        return list(Dataset.objects.filter(pk__in=self.order_by().values("dataset")).order_by("-edition"))

    def newest_edition(self) -> Dataset | None:
        """The newest of the editions that these are of, None where there are no rows."""
        return next(iter(self.editions()), None)


class WageEstimate(models.Model):
    """What people in an occupation earn in an area, and how many they are.

    Hourly wages are in cents, annual ones in dollars; the 10th, 25th, 50th (median), 75th and 90th percentile.
    """

    dataset = models.ForeignKey(
        Dataset, models.CASCADE, related_name="wages", db_index=False, verbose_name=_("imported from")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="wages", db_index=False, verbose_name=_("area"))
    code = models.CharField(_("occupation code"), max_length=7)
    title = models.CharField(_("occupation"), max_length=200)
    employment = models.PositiveIntegerField(_("jobs"), null=True)
    hourly_mean = models.PositiveIntegerField(_("hourly mean, in cents"), null=True)
    hourly_p10 = models.PositiveIntegerField(_("hourly, 10th percentile"), null=True)
    hourly_p25 = models.PositiveIntegerField(_("hourly, 25th percentile"), null=True)
    hourly_median = models.PositiveIntegerField(_("hourly median"), null=True)
    hourly_p75 = models.PositiveIntegerField(_("hourly, 75th percentile"), null=True)
    hourly_p90 = models.PositiveIntegerField(_("hourly, 90th percentile"), null=True)
    annual_mean = models.PositiveIntegerField(_("annual mean, in USD"), null=True)
    annual_p10 = models.PositiveIntegerField(_("annual, 10th percentile"), null=True)
    annual_p25 = models.PositiveIntegerField(_("annual, 25th percentile"), null=True)
    annual_median = models.PositiveIntegerField(_("annual median"), null=True)
    annual_p75 = models.PositiveIntegerField(_("annual, 75th percentile"), null=True)
    annual_p90 = models.PositiveIntegerField(_("annual, 90th percentile"), null=True)
    # The publisher's marks where it gives no number: 'employment=** annual_p90=#'.
    marks = models.CharField(_("publisher's marks"), max_length=300, blank=True)

    objects = WageEstimateQuerySet.as_manager()

    class Meta:
        ordering = ["code", "area"]
        verbose_name = _("wage by area")
        verbose_name_plural = _("wages by area")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["dataset", "code", "area"], name="wage_estimate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}, {self.area}"

    def mark(self, name: str) -> str:
        """Return the publisher's mark for a number: '*' or '**' not published, '#' at or above its highest, or ''."""
        return dict(mark.split("=") for mark in self.marks.split()).get(name, "")

    def says(self, name: str) -> str:
        """Return a number as readers see it, such as `says("annual_median")`; '' where the file has none."""
        value: int | None = getattr(self, name)
        if value is None:
            return {"": "", "#": _t("at or above the highest that is published")}.get(
                self.mark(name), _t("not published")
            )
        if name == "employment":
            return formats.number(value)
        return formats.cents(value) if name in HOURLY else formats.money(value)
