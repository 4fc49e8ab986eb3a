"""Employment Projections by occupation, and why an occupation's use changes, as the Bureau publishes them.

    projection = Projection.objects.newest("25-4031")        # of the newest edition, with its dataset; or None
    projection.openings, projection.exits, projection.transfers, projection.lost_a_year
    projection, factors = Projection.objects.newest_explained("25-4031")
    for factor in factors: factor.industry, factor.kind, factor.text

Jobs are whole numbers: the publisher gives thousands with one digit behind the point. Everything that is a rate of
ten years is a yearly average.
"""

from typing import NamedTuple, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from .imported import Dataset

# What `newest_explained` adds to a projection of one of its factors.
OF_ITS_FACTOR = {"industry": F("factor__industry"), "kind": F("factor__kind"), "why": F("factor__text")}


class Factor(NamedTuple):
    """Why employers in an industry are expected to need more or fewer people of an occupation for the same output."""

    industry: str
    kind: str
    text: str


class ProjectionQuerySet(models.QuerySet["Projection"]):
    """Querysets that speak of projections."""

    def of(self, code: str) -> Self:
        """Those of one occupation code, the newest edition first."""
        rows = self.filter(code=code, dataset__in=Dataset.objects.installed())
        return rows.select_related("dataset").order_by("-dataset__edition")

    def newest(self, code: str) -> "Projection | None":
        """That of the newest edition, None where none has the code."""
        return self.of(code).first()

    def newest_explained(self, code: str) -> "tuple[Projection | None, list[Factor]]":
        """The same, and why its use changes, by industry, in the order of the publisher. One query."""
        factors = FilteredRelation("dataset__factors", condition=Q(dataset__factors__code=code))
        rows = list(self.of(code).annotate(factor=factors, **OF_ITS_FACTOR).order_by("-dataset__edition", "factor__pk"))
        if not rows:
            return None, []
        newest = [row for row in rows if row.dataset_id == rows[0].dataset_id]
        return rows[0], [Factor(row.industry, row.kind, row.why) for row in newest if row.why is not None]


class Projection(models.Model):
    """How many jobs an occupation has and is expected to have ten years on, and whom its employers look for.

    What is None or '' the publisher calls not applicable: a group of occupations has no typical education.
    """

    dataset = models.ForeignKey(
        Dataset, models.CASCADE, related_name="projections", db_index=False, verbose_name=_("imported from")
    )
    code = models.CharField(_("occupation code"), max_length=7)
    title = models.CharField(_("occupation"), max_length=200)
    is_group = models.BooleanField(_("group of occupations"))
    employment = models.PositiveIntegerField(_("jobs in the base year"), null=True)
    projected_employment = models.PositiveIntegerField(_("jobs ten years on"), null=True)
    change = models.IntegerField(_("change in jobs"), null=True)
    change_percent = models.DecimalField(_("change in percent"), max_digits=6, decimal_places=1, null=True)
    self_employed_percent = models.DecimalField(_("self-employed, percent"), max_digits=4, decimal_places=1, null=True)
    openings = models.PositiveIntegerField(_("openings a year"), null=True)
    exits = models.PositiveIntegerField(_("people who leave work, a year"), null=True)
    transfers = models.PositiveIntegerField(_("people who change occupation, a year"), null=True)
    education = models.CharField(_("education to enter"), max_length=80, blank=True)
    experience = models.CharField(_("experience to enter"), max_length=80, blank=True)
    training = models.CharField(_("training on the job"), max_length=80, blank=True)

    # One of its factors: known only where `newest_explained` asks.
    industry: str
    kind: str
    why: str | None

    objects = ProjectionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "dataset"]
        default_permissions = ("view",)
        verbose_name = _("projection")
        verbose_name_plural = _("projections")
        constraints = [models.UniqueConstraint(fields=["dataset", "code"], name="projection_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def years(self) -> str:
        """The span of years, such as 2024-34."""
        return self.dataset.edition

    @property
    def separations(self) -> int | None:
        """How many leave a year, for another occupation or for good; their jobs are openings if they are refilled."""
        return None if self.exits is None or self.transfers is None else self.exits + self.transfers

    @property
    def lost_a_year(self) -> int | None:
        """Jobs a year that are not refilled in an occupation that shrinks; 0 in one that grows."""
        return None if self.change is None else max(0, -round(self.change / 10))


class UtilizationFactor(models.Model):
    """A Factor as it was imported."""

    dataset = models.ForeignKey(
        Dataset, models.CASCADE, related_name="factors", db_index=False, verbose_name=_("imported from")
    )
    code = models.CharField(_("occupation code"), max_length=7)
    industry_code = models.CharField(_("industry code"), max_length=12)
    industry = models.CharField(_("industry"), max_length=200)
    # In the publisher's words: 'Demand change', 'Productivity change, capital/labor substitution'.
    kind = models.CharField(_("kind of change"), max_length=120)
    text = models.CharField(_("why"), max_length=600)

    class Meta:
        ordering = ["code", "pk"]
        default_permissions = ()
        verbose_name = _("reason for a change")
        verbose_name_plural = _("reasons for changes")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "code", "industry_code"], name="utilization_factor_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.industry}"
