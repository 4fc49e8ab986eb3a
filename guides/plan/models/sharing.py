"""What lets others see a plan without giving it away, and what helpers say of it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from .. import validators
from .items import PlanItem
from .plan import Plan

if TYPE_CHECKING:
    from django.db.models.query import QuerySet

HELPERS_MAY_FOR = timedelta(days=30)


class SharedKeyQuerySet(models.QuerySet["SharedKey"]):
    """Keys that a person made for others."""

    def lasting(self) -> "QuerySet[SharedKey]":
        """Those that still open something."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


class SharedKey(models.Model):
    """A key that shows a plan, for one purpose, and can neither change it nor make another key."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="shared_keys")
    purpose = models.CharField(gettext_lazy("For what?"), max_length=20, help_text="A KeyPurpose, by its slug.")
    name = models.CharField(gettext_lazy("For whom?"), max_length=60, validators=validators.plain_line)
    about = models.CharField(
        max_length=60, blank=True, help_text="The anchor of the item that it is for; empty for the whole plan."
    )
    key_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key; the key itself is not kept.")
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True, help_text="When it last opened the plan, by day.")
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = SharedKeyQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"key {self.pk} of plan {self.plan_id}"

    @property
    def purpose_name(self) -> str:
        """What it is for, in the words of who registered that."""
        from .. import purposes  # the registry names this model

        purpose = purposes.all_purposes().get(self.purpose)
        return str(purpose.name) if purpose else self.purpose


class Comment(PlanItem):
    """What a helper says of the plan, or of one item of it: the person's to keep or to delete."""

    author = models.CharField(gettext_lazy("who"), max_length=60, validators=validators.plain_line)
    about = models.CharField(
        gettext_lazy("item"),
        max_length=60,
        blank=True,
        validators=[validators.anchor, *validators.plain_line],
        help_text="The anchor of an item of the same plan; empty for the whole.",
    )
    about_name = models.CharField(gettext_lazy("about"), max_length=150, blank=True, validators=validators.plain_line)
    text = models.TextField(gettext_lazy("comment"), max_length=2000, validators=validators.plain_text)

    def __str__(self) -> str:
        return self.text.split("\n", 1)[0][:60]
