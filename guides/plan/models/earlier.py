"""What items of a plan were before they were changed or deleted, so that it can be brought back."""

from django.db import models
from django.utils import timezone

from .plan import Plan


class EarlierState(models.Model):
    """One item as it was. `content` is the item as the plan's file has it; the plan's deletion takes it along."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="earlier_states")
    kind = models.CharField(max_length=40, help_text="The kind of item, as in addresses and in the plan's file.")
    slug = models.CharField(max_length=12)
    title = models.CharField(max_length=150)
    content = models.JSONField()
    size = models.PositiveIntegerField(help_text="Characters of the content.")
    was_deleted = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "kind", "slug"], name="earlierstate_of_an_item")]

    def __str__(self) -> str:
        return self.title
