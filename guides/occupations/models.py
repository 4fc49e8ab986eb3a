"""The address of each occupation's page, kept for good, and beside it what lists and filters need.

    listing = OccupationListing.objects.get(slug="library-technicians")
    profiles.of(listing.code)                          # O*NET's code, such as 25-4031.00
    WageEstimate.objects.of(listing.pay_code)          # the Bureau's row that counts it, perhaps with others

`listings.py` writes the rows after official data has changed. They name occupations by code alone and survive it.
"""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.datasets.models import OccupationProfile
from guides.models import Listing
from guides.plan import validators
from guides.plan.models import PlanItem

from .exploring.models import ExploringData, ExploringPart
from .fields import FIELDS
from .nearness.models import NearnessWeights, NearOccupations

__all__ = [
    "ExploringData",
    "ExploringPart",
    "ListedData",
    "NearOccupations",
    "NearnessWeights",
    "OccupationListing",
]


class OccupationListingQuerySet(models.QuerySet["OccupationListing"]):
    """Querysets that speak of occupations."""

    def current(self) -> Self:
        """Those that the newest edition of O*NET knows."""
        return self.filter(is_dropped=False)

    def with_profile(self) -> Self:
        """Each with its title and description by O*NET and its profile, packed: see profiles.read. None without one."""
        of_code = OccupationProfile.objects.filter(occupation__code=OuterRef("code"))
        return self.annotate(
            onet_title=Subquery(of_code.values("occupation__title")),
            onet_description=Subquery(of_code.values("occupation__description")),
            packed_profile=Subquery(of_code.values("packed")),
        )


class OccupationListing(models.Model):
    """An occupation's page: its slug, made once, and what lists show of it.

    `code` is O*NET's, `pay_code` and `projection_code` those of the rows of the Bureau's that count it ('' where none
    does); these rows may count others with it. Pay is the national median, a year in whole US dollars and an hour in
    cents; of some the Bureau publishes one alone. Change in percent over ten years, openings a year.
    """

    class Kind(models.TextChoices):
        """Why a page is as long as it is."""

        SURVEYED = "surveyed", _("surveyed")
        ALL_OTHER = "all-other", _("what no occupation of its own counts")
        MILITARY = "military", _("military")

    slug = models.SlugField(max_length=120, unique=True)
    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=200)
    # Whether the newest edition of O*NET no longer has the code, and the slug that takes its place, '' where none does.
    is_dropped = models.BooleanField(default=False)
    successor = models.SlugField(max_length=120, blank=True, db_index=False)

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SURVEYED)
    # The first two digits of the code: the SOC's major group.
    major_group = models.CharField(max_length=2)
    pay_code = models.CharField(max_length=7, blank=True)
    projection_code = models.CharField(max_length=7, blank=True)
    median_pay = models.PositiveIntegerField(null=True)
    median_hourly = models.PositiveIntegerField(null=True)
    # Whether the median is at or above the highest that the survey publishes; then there is no number.
    is_top_pay = models.BooleanField(default=False)
    pay_edition = models.CharField(max_length=40, blank=True)
    change_percent = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    openings = models.PositiveIntegerField(null=True)
    projection_edition = models.CharField(max_length=40, blank=True)
    typical_education = models.CharField(max_length=80, blank=True)

    # The bands it falls into, those of the guides' list, empty where official data does not say.
    education = models.CharField(max_length=12, choices=Listing.Education.choices, blank=True)
    pay_band = models.CharField(max_length=12, choices=Listing.Pay.choices, blank=True)
    outlook = models.CharField(max_length=12, choices=Listing.Outlook.choices, blank=True)

    # Known where it was asked for `with_profile`.
    onet_title: str
    onet_description: str
    packed_profile: bytes | memoryview | None

    objects = OccupationListingQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        default_permissions = ()
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        indexes = [models.Index(fields=["title", "slug"], name="occupation_title")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("occupations:occupation", args=[self.slug])

    @property
    def soc_code(self) -> str:
        """The SOC's code, such as 25-4031; several of O*NET's occupations may be parts of one."""
        return self.code[:7]

    @property
    def field(self) -> str:
        """Its field of work: the name of its major group."""
        return FIELDS.get(self.major_group, self.major_group)

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its SOC code, and not a part that O*NET divides it into."""
        return self.code.endswith(".00")

    @property
    def is_counted_with_others(self) -> bool:
        """Whether a row of the Bureau's that it stands in, of pay or of projections, is not its own."""
        rows = {self.pay_code, self.projection_code} - {""}
        return bool(rows) and (not self.is_whole or rows != {self.soc_code})

    @property
    def is_indexed(self) -> bool:
        """Whether search engines should know its page: there is a survey of it."""
        return self.kind == self.Kind.SURVEYED


class ListedData(models.Model):
    """Which official data the listings were written from: one row, to see that it has changed."""

    editions = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.editions


def restored_tables() -> list[str]:
    """The tables that the clock's jobs fill again by themselves, so that a backup need not hold them."""
    return [model._meta.db_table for model in (NearnessWeights, NearOccupations, ExploringData, ExploringPart)]


class SavedOccupation(PlanItem):
    """An occupation in a person's plan. Its title is kept too, so that it has a name whatever becomes of the data."""

    occupation = models.CharField(_("occupation"), max_length=120, validators=validators.guide_slug)
    name = models.CharField(_("title"), max_length=200, validators=validators.plain_line)

    # Whether its page has a skills gap: filled in by `explain`.
    has_gap = False

    class Meta(PlanItem.Meta):
        constraints = [
            *PlanItem.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "occupation"], name="savedoccupation_once_a_plan"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_occupation_url(self) -> str:
        """The address of its page; one that is dropped leads on from there."""
        return reverse("occupations:occupation", args=[self.occupation])

    @staticmethod
    def explain(saved: "Sequence[SavedOccupation]") -> None:
        """Say of each whether its page has a skills gap. One query."""
        slugs = [each.occupation for each in saved]
        kept = OccupationListing.objects.current().filter(slug__in=slugs, kind=OccupationListing.Kind.SURVEYED)
        surveyed = set(kept.values_list("slug", flat=True))
        for each in saved:
            each.has_gap = each.occupation in surveyed

    def next_step(self) -> tuple[str, str]:
        why = gettext(
            "You saved it. Read what the work is, see what you lack, then ask an American Job Center about training "
            "and openings near you. Remove it if it is not for you."
        )
        return gettext("Look into: %(occupation)s") % {"occupation": self.name}, why

    def links(self) -> list[tuple[str, str]]:
        """What its next step is made of, in order."""
        page = self.get_occupation_url()
        gap = reverse("occupations:gap", args=[self.occupation])
        return [
            (gettext("Read"), page),
            *([(gettext("Check your skills gap"), gap)] if self.has_gap else []),
            (gettext("Find an American Job Center"), f"{page}#next"),
        ]
