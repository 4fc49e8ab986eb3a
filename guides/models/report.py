"""What readers say is wrong or missing."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .edition import Edition
from .fields import LimitedTextField

TEXT_KEPT_FOR = timedelta(days=365)


class ReportQuerySet(models.QuerySet["Report"]):
    """Querysets that speak of reports."""

    def waiting(self) -> "ReportQuerySet":
        """Reports that no editor has closed yet."""
        return self.filter(outcome=Report.Outcome.WAITING)

    def corrections(self) -> "ReportQuerySet":
        """Reports that led to a correction which readers have seen."""
        return self.filter(outcome=Report.Outcome.CORRECTED, correction__isnull=False)

    def closed_long_ago(self) -> "ReportQuerySet":
        """Reports whose text has served its purpose: closed more than 12 months ago."""
        return self.filter(closed_at__lt=timezone.now() - TEXT_KEPT_FOR)

    def forget(self) -> int:
        """Delete the words of these reports, and return how many had any. The place and the outcome stay."""
        return self.exclude(text="", closing_note="").update(text="", closing_note="")


class Report(models.Model):
    """A reader's report about a section or a figure, named by slugs so that it outlives any edition.

    Nothing about the reader is asked or kept.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CORRECTED = "corrected", _("led to a correction")
        DECLINED = "declined", _("closed without a change")

    guide = models.SlugField(_("guide"), max_length=80)
    section = models.SlugField(_("section"), max_length=60)
    figure = models.SlugField(_("figure"), max_length=60, blank=True)
    edition = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("edition the reader saw")
    )
    text = LimitedTextField(_("what is wrong or missing"), max_length=2000)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    correction = models.ForeignKey(
        Edition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("corrected by"),
        help_text=_("The edition that brought the correction to readers. Only those published since are offered."),
    )
    closing_note = LimitedTextField(
        _("closing note"),
        max_length=1000,
        blank=True,
        help_text=_("For your colleagues: what was changed, or why nothing was."),
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        indexes = [models.Index(fields=["guide", "outcome"], name="report_guide")]

    def __str__(self) -> str:
        return f"{self.guide}, {self.section}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("guides:section", args=[self.guide, self.section])

    def corrections(self) -> QuerySet[Edition]:
        """The editions that may have corrected it: published since, and not what the reader saw. Newest first."""
        since = Edition.objects.filter(guide__slug=self.guide, published_at__gt=self.created_at)
        if self.edition:
            since = since.exclude(content_hash=self.edition.content_hash)
        return since.order_by("-published_at", "-number")

    def clean(self) -> None:
        if self.outcome != self.Outcome.CORRECTED:
            self.correction = None
        elif not self.corrections().exists():
            fault = _(
                "Readers have seen no correction yet: nothing of this guide was published since the report came. "
                "Publish the correction first, or close the report without a change."
            )
            raise ValidationError({"outcome": fault})
        elif self.correction not in self.corrections():
            raise ValidationError({"correction": _("Choose the edition that brought the correction to readers.")})
