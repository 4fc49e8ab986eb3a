"""From an editor's hand to a reader's screen: saving, publishing, restoring and withdrawing a guide."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from . import freezing, loading, versioning
from .models import Edition, Guide


def lock(guide):
    """Hold the guide's row until the transaction ends, so that saves and publishing queue up."""
    return Guide.objects.select_for_update().get(pk=guide.pk)


def lock_all(guides):
    """Hold the rows of several guides, always in the same order, so that two who do so never wait for each other."""
    return list(guides.select_for_update().order_by("pk"))


def names(edition):
    """What readers may hold on to: (model label, slug) of all that has an address in `edition`."""
    plains = edition.content["objects"] if edition else []
    return frozenset((plain["model"], plain["fields"]["slug"]) for plain in plains if "slug" in plain["fields"])


def published_names(guide):
    """The names that stand in the guide's newest published edition, even where it has been withdrawn since."""
    return names(guide.editions.exclude(published_at=None).order_by("-published_at").first())


def live_names(guide):
    """The names that readers can follow now."""
    return names(guide.editions.live().first())


@transaction.atomic
def save(guide, author=None, comment=""):
    """Freeze the guide's rows as a new edition and return it; return the newest one where nothing changed."""
    guide = lock(guide)
    edition = Edition(guide=guide, author=author, comment=comment)
    edition.content = freezing.freeze(guide)
    newest = guide.editions.order_by("-number").first()
    if newest and newest.content_hash == edition.content_hash:
        return newest
    edition.number = (newest.number if newest else 0) + 1
    edition.save()
    return edition


@transaction.atomic
def publish(edition):
    """Make `edition` the one that readers see; the one before it is kept as 'was live'."""
    lock(edition.guide)
    edition.guide.editions.live().exclude(pk=edition.pk).update(state=Edition.State.RETIRED)
    edition.state, edition.published_at, edition.publish_at = Edition.State.LIVE, timezone.now(), None
    edition.save(update_fields=["state", "published_at", "publish_at"])
    versioning.content_changed()
    return edition


@transaction.atomic
def unpublish(guide):
    """Take the guide from readers; its editions and its draft stay."""
    lock(guide)
    versioning.content_changed()
    return guide.editions.live().update(state=Edition.State.RETIRED)


@transaction.atomic
def restore(edition, author=None):
    """Load `edition` back into the rows as the new draft; the restore is itself an edition."""
    guide = lock(edition.guide)
    loading.replace(guide, edition.content)
    return save(guide, author, f"Restored from edition {edition.number}")


def last_changed():
    """The moment of the newest publishing, or None."""
    return Edition.objects.live().aggregate(newest=Max("published_at"))["newest"]
