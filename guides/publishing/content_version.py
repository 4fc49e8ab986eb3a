"""The content version: raised by whatever changes what readers see, so that stored pages know they are old."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete

from ..models import ContentVersion, Edition, NarrowChange
from ..registry.concerns import EVERYTHING

# So many raises back it is known which pages they concerned: a worker asks within seconds.
REMEMBERED = 1_000


@transaction.atomic
def content_changed(concern: str = EVERYTHING) -> None:
    """Raise the content version. Call it inside the transaction that makes the change.

    `concern` says which pages show the change (guides/registry/concerns.py): every page that may show it must have it.
    """
    if not ContentVersion.objects.filter(pk=1).update(number=F("number") + 1):
        ContentVersion.objects.get_or_create(pk=1)
        ContentVersion.objects.filter(pk=1).update(number=F("number") + 1)
    if concern != EVERYTHING:
        number = ContentVersion.objects.values_list("number", flat=True).get(pk=1)
        NarrowChange.objects.exclude(number__range=(number - REMEMBERED, number - 1)).delete()
        NarrowChange.objects.create(number=number, concern=concern)


def hold() -> None:
    """Hold the content version until the transaction ends: two who decide by what readers see now never pass by
    each other, such as one who publishes a link and one who deletes what it leads to."""
    ContentVersion.objects.select_for_update().filter(pk=1).first()


def connect() -> None:
    """Raise the version when an edition is deleted, which the deletion of a guide does too, by whatever way."""
    post_delete.connect(_edition_deleted, sender=Edition, dispatch_uid="guides.versioning")


def _edition_deleted(sender: type[Edition], instance: Edition, **kwargs: Any) -> None:
    if instance.state == Edition.State.LIVE:
        content_changed()
