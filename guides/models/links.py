"""Links out of the site, and whether their addresses still answer."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LinkVisitQuerySet(models.QuerySet["LinkVisit"]):
    """Querysets that speak of visits."""

    def due(self, now: datetime) -> "LinkVisitQuerySet":
        """Addresses to visit again: weekly, one that failed daily. A new one at once."""
        works, fails = now - LinkVisit.WEEKLY, now - LinkVisit.DAILY
        return self.filter(
            models.Q(visited_at=None)
            | models.Q(failures=0, visited_at__lte=works)
            | models.Q(failures__gt=0, visited_at__lte=fails)
        ).order_by(models.F("visited_at").asc(nulls_first=True), "pk")

    def dead(self) -> "LinkVisitQuerySet":
        """Addresses that readers are not led to any more."""
        return self.filter(failures__gte=LinkVisit.DEAD_AFTER)


class LinkVisit(models.Model):
    """An address outside of the site that readers are led to, and what was seen there last.

    A page may be down for an hour: readers are led there until it failed twice, a day apart.
    """

    WEEKLY, DAILY = timedelta(days=7), timedelta(hours=23)
    DEAD_AFTER = 2

    class State(models.TextChoices):
        UNSEEN = "unseen", _("not visited yet")
        WORKS = "works", _("works")
        MOVED = "moved", _("moved for good: write its new address")
        SHUT = "shut", _("answers, but lets no program in: look for yourself")
        GONE = "gone", _("gone: the site says that there is no such page")
        UNREACHABLE = "unreachable", _("no answer: the site is not there, or too slow")
        CERTIFICATE = "certificate", _("browsers will warn: its certificate is not in order")
        FAULT = "fault", _("the site answers with a fault of its own")

    url = models.URLField(_("address"), max_length=500, unique=True)
    state = models.CharField(_("what was seen"), max_length=12, choices=State.choices, default=State.UNSEEN)
    detail = models.CharField(_("in detail"), max_length=300, blank=True)
    moved_to = models.CharField(_("new address"), max_length=500, blank=True)
    visited_at = models.DateTimeField(_("last visited"), null=True, blank=True)
    worked_at = models.DateTimeField(_("last seen working"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failed, times in a row"), default=0)

    objects = LinkVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-failures", "url"]
        verbose_name = _("outside link")
        verbose_name_plural = _("outside links")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.url

    @property
    def is_dead(self) -> bool:
        """Whether readers are not led there any more."""
        return self.failures >= self.DEAD_AFTER

    def saw(self, state: State, detail: str = "", moved_to: str = "") -> None:
        """Note what a visit saw, not saved."""
        good = state in (self.State.WORKS, self.State.MOVED, self.State.SHUT)
        self.state, self.detail, self.moved_to = state, detail[:300], moved_to[:500]
        self.visited_at = timezone.now()
        self.failures = 0 if good else self.failures + 1
        if state in (self.State.WORKS, self.State.MOVED):
            self.worked_at = self.visited_at
