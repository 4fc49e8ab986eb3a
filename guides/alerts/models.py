"""What a person wants word of, and the one mail address beside it."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from guides.plan import validators
from guides.plan.models import PlanItem, SharedKey

# The end of an address of our own, as urlencode writes it.
_query = RegexValidator("^[-a-zA-Z0-9_=&+%.]*$", _("This is not the end of an address of the openings."))


class Alert(PlanItem):
    """What a plan's person wants word of: new openings of a search, changed figures of a guide, the plan's own dates.

    `query` is the end of the address that lists it: of /openings/ for openings, `guide=<slug>` for figures.
    """

    class Subject(models.TextChoices):
        """What there can be word of."""

        OPENINGS = "openings", _("New openings")
        FIGURES = "figures", _("Changed figures")
        DATES = "dates", _("Dates of my plan")

    subject = models.CharField(_("what of"), max_length=10, choices=Subject.choices)
    query = models.CharField(_("search"), max_length=500, blank=True, validators=[_query, *validators.plain_line])
    name = models.CharField(_("name"), max_length=120, validators=validators.plain_line)

    class Meta(PlanItem.Meta):
        constraints = [
            *PlanItem.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "subject", "query"], name="alert_once_a_plan"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_feed(self) -> bool:
        """Whether a feed can show it. The plan's dates have a calendar of their own (/plan/share/)."""
        return self.subject != self.Subject.DATES

    def get_subject_url(self) -> str:
        """Where one sees now what it is about."""
        if self.subject == self.Subject.OPENINGS:
            return f"{reverse('openings:list')}{f'?{self.query}' if self.query else ''}"
        if self.subject == self.Subject.FIGURES:
            return reverse("guides:guide", args=[self.query.partition("=")[2]])
        return reverse("plan:plan")


@receiver(post_delete, sender=Alert)
def end_keys(instance: Alert, **_kwargs: Any) -> None:
    """End the feeds of an alert with it."""
    SharedKey.objects.filter(plan=instance.plan_id, about=instance.anchor).delete()


def _nonce() -> str:
    return get_random_string(16)


class MailAlert(models.Model):
    """The one address that gets mail of an alert, and how far its mails have come. In no export; goes with it.

    Nothing is sent before `confirmed_at`. A mail is due at `next_at`; whoever takes it in hand sets that forward and
    `claimed_at`, and `handed_over_at` just before the mail server gets it. So a process that is killed before leaves a
    mail that is sent at once, and one killed in between leaves one of which nobody knows whether it went: that is not
    sent again, what it told is told by the next one (`is_unsure`). `told` holds the marks of what was told last.
    """

    class Rhythm(models.TextChoices):
        """How often."""

        WEEKLY = "weekly", _("once a week")
        DAILY = "daily", _("once a day")

    alert = models.OneToOneField(Alert, models.CASCADE, related_name="mail")
    email = models.EmailField(_("e-mail address"))
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    # Part of what its links are signed with: none of an earlier address works for a later one.
    nonce = models.CharField(max_length=16, default=_nonce)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True, db_index=True)
    claimed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)
    told: "models.JSONField[list[str], Any]" = models.JSONField(default=list)
    is_unsure = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"mail of alert {self.alert_id}"
