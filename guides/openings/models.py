"""Openings: the feeds that they come from, the postings that stand in them, and which feed has which posting.

Nothing here is written by hand but a feed's address and what to call it; `fetching` and `storing` write the rest, and
a fetch writes it again. A posting keeps an excerpt, never its whole text: what the text says of skills and of money is
read when it comes, and kept as words to show.
"""

from datetime import date, timedelta
from typing import Self

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.datasets.areas import BY_ABBREVIATION, State

from . import days

# The last day of a posting that names none, so that one range of an index finds what is open.
NEVER = date(9999, 12, 31)
# A posting without an end that is older says so.
LONG_OPEN = timedelta(days=180)
# Hours a week from which work is full time, as the Bureau of Labor Statistics counts (https://www.bls.gov/cps/definitions.htm).
FULL_TIME = 35
FILTERED, ON_THE_MAP = ("ends_on", "hours", "remote", "year_low"), ("latitude", "longitude")


class FeedQuerySet(models.QuerySet["Feed"]):
    """Querysets that speak of feeds."""

    def on(self) -> Self:
        """Those that are fetched, and whose postings readers see."""
        return self.filter(is_on=True)

    def due(self) -> Self:
        """Those to fetch now."""
        now = timezone.now()
        return self.on().filter(models.Q(next_at=None) | models.Q(next_at__lte=now)).order_by("next_at", "pk")


class Feed(models.Model):
    """An address at which an employer, or somebody for many, lists open jobs for programs to read.

    `form` is the slug of the form (guides/openings/feed_forms.py) that it was recognized as. `etag` and `last_modified`
    are what its server said of the copy that was read last, `read_with` which code and names read it: where that has
    changed, it is read again whole. `next_at` is when it is asked next.
    """

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        help_text=_("What readers are told a posting comes from, such as: State of Ohio, job openings."),
    )
    address = models.URLField(
        _("address"),
        max_length=500,
        unique=True,
        help_text=_("Where the feed itself is, not the page about it. Its form is recognized when it is fetched."),
    )
    is_on = models.BooleanField(
        _("on"),
        default=False,
        help_text=_("Fetch it every six hours and show readers what it lists. Turned off, its postings go at once."),
    )
    employer = models.CharField(
        _("employer"),
        max_length=200,
        blank=True,
        help_text=_("Where all of its postings are of one employer and the feed does not say so. Otherwise empty."),
    )
    state = models.CharField(
        _("state"),
        max_length=2,
        blank=True,
        choices=[(state.abbreviation, state.name) for state in BY_ABBREVIATION.values()],
        help_text=_("For postings that name a place and no state, as those of a city do. Otherwise empty."),
    )
    terms = models.CharField(
        _("terms of use"),
        max_length=300,
        help_text=_("What its publisher lets others do with it, and where that stands. Readers see it."),
        validators=[MinLengthValidator(10, _("Say in a sentence what is allowed, and where you read it."))],
    )

    form = models.CharField(_("form"), max_length=30, blank=True, editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    read_with = models.CharField(max_length=64, blank=True, editable=False)
    fetched_at = models.DateTimeField(_("last asked"), null=True, editable=False)
    worked_at = models.DateTimeField(_("last worked"), null=True, editable=False)
    next_at = models.DateTimeField(_("asked next"), null=True, editable=False)
    fault = models.CharField(_("what was wrong"), max_length=500, blank=True, editable=False)
    note = models.CharField(_("what was left out"), max_length=500, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failed, times in a row"), default=0, editable=False)
    # Of what it lists: how many postings, and in which states, their abbreviations with spaces between.
    count = models.PositiveIntegerField(_("postings"), default=0, editable=False)
    states = models.CharField(max_length=200, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("feed of openings")
        verbose_name_plural = _("feeds of openings")

    def __str__(self) -> str:
        return self.name


class PostingQuerySet(models.QuerySet["Posting"]):
    """Querysets that speak of postings."""

    def open(self) -> Self:
        """Those that one can still apply to, as far as anybody said."""
        return self.filter(ends_on__gte=days.today())

    def newest(self) -> Self:
        """The newest first."""
        return self.order_by("-posted_on", "-pk")

    def of_guide(self, slug: str) -> Self:
        """Those that belong to that guide's job."""
        return self.filter(guide=slug)

    def of_occupation(self, code: str) -> Self:
        """Those that belong to an occupation, by its SOC code, whether or not a guide is meant."""
        return self.filter(occupation=code[:7])


class Posting(models.Model):
    """An opening as an employer states it, and what was made out of it.

    Pay: `pay_stated` is the employer's own words; `pay_low` and `pay_high` are the sums in them, for one `pay_unit`,
    and `year_low` and `year_high` the same as US dollars of a year of full-time work, an estimate wherever the unit is
    not a year; `is_unpaid` is a volunteer's work. `week_hours_low` and `week_hours_high` are the hours a week stated.
    Days: `posted_on` is the employer's or the day it was first seen; `earlier_on` the day the same job was posted
    before. `closes_on` is the closing date stated, `closes_at` the hour of it on the employer's clock; `ends_on` the
    last day that readers are shown it, in the past once no feed has it. `guide` is a slug and `occupation` a SOC code,
    with the reason in `why`; empty if unsure.
    """

    class Hours(models.TextChoices):
        """How much of a week it is."""

        FULL = "full", _("Full time")
        PART = "part", _("Part time")

    class Remote(models.TextChoices):
        """Where the work is done."""

        REMOTE = "remote", _("Remote")
        HYBRID = "hybrid", _("Partly remote")

    class Unit(models.TextChoices):
        """What pay is stated for."""

        HOUR = "hour", _("an hour")
        DAY = "day", _("a day")
        WEEK = "week", _("a week")
        TWO_WEEKS = "two-weeks", _("two weeks")
        MONTH = "month", _("a month")
        YEAR = "year", _("a year")

    title = models.CharField(max_length=200)
    employer = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    remote = models.CharField(max_length=10, choices=Remote.choices, blank=True)
    hours = models.CharField(max_length=4, choices=Hours.choices, blank=True)
    hours_stated = models.CharField(max_length=120, blank=True)
    week_hours_low = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    week_hours_high = models.DecimalField(max_digits=4, decimal_places=2, null=True)

    pay_stated = models.CharField(max_length=200, blank=True)
    pay_low = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    pay_high = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    pay_unit = models.CharField(max_length=10, choices=Unit.choices, blank=True)
    year_low = models.PositiveIntegerField(null=True)
    year_high = models.PositiveIntegerField(null=True)
    is_unpaid = models.BooleanField(default=False, db_default=False)

    posted_on = models.DateField()
    is_posted_stated = models.BooleanField(default=False)
    earlier_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    closes_at = models.TimeField(null=True)
    ends_on = models.DateField(default=NEVER)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    address = models.URLField(max_length=500)
    excerpt = models.CharField(max_length=400, blank=True)
    guide = models.CharField(max_length=80, blank=True)
    occupation = models.CharField(max_length=7, blank=True)
    why = models.CharField(max_length=300, blank=True)
    # [slug, name, the words that show it] of each skill of its guide that the text names.
    skills = models.JSONField(default=list)
    # What in the text asks the applicant for money or for a bank account, in its words.
    asks_money = models.CharField(max_length=300, blank=True)
    # The stems of title, employer, department and place, with a space before and behind each.
    words = models.CharField(max_length=500, blank=True, db_default="")
    # Of title, employer and place, by which the same job is known in another feed; '' where one of them is missing.
    same_as = models.CharField(max_length=64, blank=True, db_index=True)
    # Of its address without what counts visitors.
    same_address = models.CharField(max_length=64, db_index=True)

    feeds: "models.ManyToManyField[Feed, PostingSource]" = models.ManyToManyField(
        Feed, through="PostingSource", related_name="postings"
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_on", "-pk"]
        default_permissions = ()
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        # Each holds all that the list filters by, so that fifty thousand are gone through without reading one of them.
        indexes = [
            models.Index(fields=["-posted_on", "-id", *FILTERED, *ON_THE_MAP], name="posting_newest"),
            models.Index(fields=["-posted_on", "-id", "ends_on", "words"], name="posting_words"),
            models.Index(fields=["ends_on", "-id", *FILTERED[1:], "posted_on", *ON_THE_MAP], name="posting_ends"),
            models.Index(fields=["guide", "-posted_on", "-id", *FILTERED, "state", *ON_THE_MAP], name="posting_guide"),
            models.Index(
                fields=["occupation", "-posted_on", "-id", *FILTERED, "state", *ON_THE_MAP], name="posting_occupation"
            ),
            models.Index(fields=["state", "-posted_on", "-id", *FILTERED], name="posting_state"),
            models.Index(fields=[*ON_THE_MAP, "posted_on", "id", *FILTERED], name="posting_place"),
            models.Index(Lower("place"), F("posted_on").desc(), F("id").desc(), name="posting_place_name"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("openings:posting", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether one can still apply, as far as anybody said."""
        return self.ends_on >= days.today()

    @property
    def is_old(self) -> bool:
        """Whether it has been posted for so long, without an end, that it may be filled and forgotten."""
        return self.closes_on is None and self.posted_on < days.today() - LONG_OPEN

    @property
    def is_part_time(self) -> bool:
        """Whether it is less than full time, as far as is known: a year of it is not 40 hours in 52 weeks."""
        return self.hours == self.Hours.PART or bool(self.week_hours_high and self.week_hours_high < FULL_TIME)

    @property
    def state_info(self) -> State | None:
        """Its state, None where none is known."""
        return BY_ABBREVIATION.get(self.state)

    @property
    def posted_again_after(self) -> int | None:
        """How many days after the first time it was posted again; None where it was not."""
        return (self.posted_on - self.earlier_on).days if self.earlier_on else None


class PostingSource(models.Model):
    """That a feed has a posting: under which name of its own, and at which address.

    `fingerprint` is of all that the feed says of it, to see that nothing of it is new.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="sources")
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="sources")
    guid = models.CharField(max_length=64)
    address = models.URLField(max_length=500)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["feed", "guid"], name="posting_once_a_feed")]

    def __str__(self) -> str:
        return self.address
