"""Links that show what readers do not see yet to somebody without a login."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone

from .edition import Edition
from .guide import Guide

LASTS = timedelta(days=7)


def hashed(key: str) -> str:
    """The hash under which a link is found. The key is random and long: a plain hash will do."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Querysets that speak of links to previews."""

    def still_open(self) -> "PreviewLinkQuerySet":
        """Those that still work."""
        return self.filter(ends_at__gt=timezone.now())

    def past(self) -> "PreviewLinkQuerySet":
        """Those that have ended by themselves."""
        return self.filter(ends_at__lte=timezone.now())

    def opened_by(self, key: str) -> "PreviewLink | None":
        """The link that has this key, if it still works."""
        return self.still_open().select_related("guide", "edition__guide").filter(key_hash=hashed(key)).first()


class PreviewLink(models.Model):
    """A link to the preview of one edition, or of a guide's draft as it goes on. It ends when its row is deleted."""

    key_hash = models.CharField(max_length=64, unique=True, help_text="A hash of the key that the address holds.")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="preview_links")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, blank=True, related_name="preview_links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="preview_links")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(db_index=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.edition or self.guide)

    @classmethod
    def make(
        cls, guide: Guide, edition: Edition | None = None, made_by: AbstractBaseUser | None = None
    ) -> tuple["PreviewLink", str]:
        """Make a link; return it and its key, which nobody can read again."""
        key = secrets.token_urlsafe(12)
        link = cls(key_hash=hashed(key), guide=guide, edition=edition, ends_at=timezone.now() + LASTS)
        link.made_by_id = made_by.pk if made_by else None
        link.save()
        return link, key
