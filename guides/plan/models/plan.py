"""A plan, and the keys by which it is open: its own, that of a visit on a public computer, that of a browser."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from .. import keys

KEPT_FOR = timedelta(days=365)


class Plan(models.Model):
    """What one person keeps, known by a key that only they hold: no name, no e-mail."""

    key_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key; the key itself is not kept.")
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now, db_index=True, help_text="When it was last opened, by day.")

    # The visit by which it was opened, on a public computer; None where the person's own key opened it.
    visit: "Visit | None" = None
    # The browser by whose key it was opened; None where the plan's own key opened it, or a visit's.
    browser: "Browser | None" = None

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def expires_on(self) -> date:
        """The day from which it may be removed, if nobody opens it before."""
        return (self.used_at + KEPT_FOR).date()


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits of plans."""

    def lasting(self) -> "VisitQuerySet":
        """Those that have not ended by themselves."""
        return self.filter(used_at__gt=timezone.now() - keys.IDLE)


class Visit(models.Model):
    """A plan that is open on a public computer, by a key that ends when nobody has used it for 20 minutes.

    That browser never holds the plan's own key, so it cannot be left behind there.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="visits")
    key_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key; the key itself is not kept.")
    begun_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = VisitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"visit {self.pk}"


class Browser(models.Model):
    """A browser of the person's own that may open the plan, by a key of its own, until it is ended."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="browsers")
    key_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key; the key itself is not kept.")
    name = models.CharField(max_length=60, help_text="What it is and what it runs on, in coarse words.")
    sealed_key = models.CharField(max_length=255, help_text="The plan's key, locked with the browser's own.")
    first_on = models.DateField(default=timezone.localdate)
    last_on = models.DateField(default=timezone.localdate, db_index=True)

    class Meta:
        ordering = ["-last_on", "-pk"]

    def __str__(self) -> str:
        return f"browser {self.pk} of plan {self.plan_id}"
