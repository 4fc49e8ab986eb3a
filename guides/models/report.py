"""What readers say is wrong or missing."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import LimitedTextField

TEXT_KEPT_FOR = timedelta(days=365)


class ReportQuerySet(models.QuerySet):
    """Querysets that speak of reports."""

    def waiting(self):
        """Reports that no editor has closed yet."""
        return self.filter(outcome=Report.Outcome.WAITING)

    def corrections(self):
        """Reports that led to a correction."""
        return self.filter(outcome=Report.Outcome.CORRECTED)

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
    text = LimitedTextField(_("what is wrong or missing"), max_length=2000)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
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

    def __str__(self):
        return f"{self.guide}, {self.section}: {self.text[:60]}"

    def get_absolute_url(self):
        return reverse("guides:section", args=[self.guide, self.section])
