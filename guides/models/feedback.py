"""Whether a page helped, in readers' own words, and how often each page was read: by day, without any person."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import LimitedTextField

WORDS_KEPT_FOR = timedelta(days=365)
COUNTS_KEPT_FOR = timedelta(days=800)  # two years beside each other, and some more


def today() -> date:
    """The day in UTC: a moment would tell one reader from another."""
    return datetime.now(UTC).date()


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Querysets that speak of feedback."""

    def forget(self) -> int:
        """Delete what was written more than 12 months ago, and return how many had words. The counts stay."""
        old = self.filter(received_on__lt=timezone.localdate() - WORDS_KEPT_FOR)
        return old.exclude(missing="").update(missing="")


class Feedback(models.Model):
    """A reader's answer to “Did this help?”, at the end of a guide or a tool. Nothing about the reader is kept."""

    page = models.CharField(_("page"), max_length=200, help_text=_("Its address on this site, without a query."))
    guide = models.SlugField(_("guide"), max_length=80, blank=True, help_text=_("Of a guide's page; else empty."))
    helped = models.BooleanField(_("helped"))
    missing = LimitedTextField(_("what was missing"), max_length=1000, blank=True)
    received_on = models.DateField(_("received"), default=today, db_index=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        verbose_name = _("answer to “Did this help?”")
        verbose_name_plural = _("answers to “Did this help?”")
        indexes = [models.Index(fields=["guide", "received_on"], name="feedback_guide")]

    def __str__(self) -> str:
        return f"{self.page}: {self.missing[:60]}"


class PageCountQuerySet(models.QuerySet["PageCount"]):
    """Querysets that speak of page counts."""

    def of_guide(self, slug: str) -> "PageCountQuerySet":
        """Those of the guide's page and of all below it."""
        return self.filter(page__startswith=f"/guides/{slug}/")

    def since(self, days: int) -> "PageCountQuerySet":
        """Those of the last `days` days, today among them."""
        return self.filter(day__gt=today() - timedelta(days=days))

    def total(self) -> int:
        """How often the pages were read, all together."""
        return self.aggregate(total=models.Sum("count"))["total"] or 0

    def past(self) -> "PageCountQuerySet":
        """Those that are older than they are kept."""
        return self.filter(day__lt=today() - COUNTS_KEPT_FOR)


class PageCount(models.Model):
    """How often a page that is the same for everyone was sent on one day, in UTC."""

    day = models.DateField(_("day"))
    page = models.CharField(_("page"), max_length=200)
    count = models.PositiveIntegerField(_("times read"))

    objects = PageCountQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-count", "page"]
        verbose_name = _("page count")
        verbose_name_plural = _("page counts")
        constraints = [models.UniqueConstraint(fields=["day", "page"], name="page_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}, {self.page}: {self.count}"


# One statement for a page, whoever else counts at the same time; SQLite and PostgreSQL read it alike.
ADD = (
    "INSERT INTO guides_pagecount (day, page, count) VALUES (%s, %s, %s) "
    "ON CONFLICT (day, page) DO UPDATE SET count = guides_pagecount.count + excluded.count"
)


def add_counts(day: date, counts: Mapping[str, int]) -> None:
    """Add `counts`, times read by page, to what the database has of that day: all of them or none."""
    # In one order everywhere, so that no two wait for each other.
    rows = [(day.isoformat(), page, count) for page, count in sorted(counts.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
