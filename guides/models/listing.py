"""What lists, filters, sorting and shared links need of a live guide, so that no page thaws every edition."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .guide import Guide


class Listing(models.Model):
    """A live guide as lists show it, written with each publishing and gone with the guide's withdrawal.

    Everything here stands in the live edition; `listings.write` is the only one that writes it. Pay is in whole
    US dollars a year, change in percent, times in months; each is None where the edition does not say.
    """

    class Education(models.TextChoices):
        """What a job usually asks for at entry, least first."""

        NONE = "none", _("No diploma")
        SCHOOL = "school", _("High school diploma")
        CERTIFICATE = "certificate", _("Certificate or some college")
        ASSOCIATE = "associate", _("Associate’s degree")
        BACHELOR = "bachelor", _("Bachelor’s degree")
        MASTER = "master", _("Master’s degree or more")

    class Pay(models.TextChoices):
        """Bands of median pay a year."""

        LOWEST = "under-30", _("Under $30,000")
        LOW = "30-40", _("$30,000 to $39,999")
        MIDDLE = "40-50", _("$40,000 to $49,999")
        HIGH = "50-75", _("$50,000 to $74,999")
        HIGHEST = "over-75", _("$75,000 or more")

    class Outlook(models.TextChoices):
        """Bands of projected change in jobs."""

        FEWER = "fewer", _("Fewer jobs ahead")
        SAME = "same", _("About as many (0 to under 3%)")
        MORE = "more", _("More jobs ahead (3% or more)")

    class Time(models.TextChoices):
        """Bands of the quickest way in."""

        WEEKS = "3-months", _("Within 3 months")
        MONTHS = "12-months", _("4 to 12 months")
        YEARS = "24-months", _("1 to 2 years")
        LONG = "longer", _("Longer than 2 years")

    guide = models.OneToOneField(Guide, models.CASCADE, primary_key=True, related_name="listing")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=80)
    other_titles = models.TextField(blank=True)
    short_title = models.CharField(max_length=6, blank=True)
    summary = models.CharField(max_length=320)
    field_of_work = models.CharField(max_length=80)
    occupation_code = models.CharField(max_length=7)
    language = models.CharField(max_length=10)
    reviewed_on = models.DateField()
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()

    median_pay = models.BigIntegerField(null=True)
    pay_label = models.CharField(max_length=100, blank=True)
    pay_period = models.CharField(max_length=40, blank=True)
    pay_source = models.CharField(max_length=60, blank=True)
    change_percent = models.BigIntegerField(null=True)
    change_label = models.CharField(max_length=100, blank=True)
    change_period = models.CharField(max_length=40, blank=True)
    change_source = models.CharField(max_length=60, blank=True)
    education_words = models.CharField(max_length=300, blank=True)
    months_from = models.PositiveSmallIntegerField(null=True)
    months_to = models.PositiveSmallIntegerField(null=True)

    # The bands it falls into, empty where the guide does not say.
    education = models.CharField(max_length=12, choices=Education.choices, blank=True)
    pay_band = models.CharField(max_length=12, choices=Pay.choices, blank=True)
    outlook = models.CharField(max_length=12, choices=Outlook.choices, blank=True)
    time_band = models.CharField(max_length=12, choices=Time.choices, blank=True)

    # Whether each tool, by its key, has something to show of the guide; a tool that is not among them is new since.
    tools = models.JSONField(default=dict, db_default={})

    class Meta:
        ordering = ["title", "slug"]
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = [
            models.Index(fields=["title", "slug"], name="listing_title"),
            models.Index(fields=["field_of_work", "title"], name="listing_field"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guides:guide", args=[self.slug])

    def names(self) -> list[str]:
        """Every name of the job, the guide's title first."""
        return [self.title, *self.other_titles.splitlines()]


class ShareImage(models.Model):
    """The picture that goes with a link to a guide, 1200 by 630, drawn when the guide is published.

    It is kept here, not in a file: every host that serves the site has it at once.
    """

    guide = models.OneToOneField(Guide, models.CASCADE, primary_key=True, related_name="share_image")
    png = models.BinaryField()

    class Meta:
        verbose_name = _("share image")
        verbose_name_plural = _("share images")

    def __str__(self) -> str:
        return f"{self.guide}"
