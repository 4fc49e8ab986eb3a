"""An edition: a whole guide, frozen at one moment."""

import hashlib
import json
import zlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import edition_formats
from .batch import Batch
from .guide import Guide

# What is refused at its moment is tried again so often: what it lacked may have come meanwhile.
TRIED_AGAIN_AFTER = timedelta(minutes=10)
# The clock comes to what is due within a minute; later than this something is wrong.
OVERDUE_AFTER = timedelta(minutes=2)


def is_overdue(publish_at: datetime, is_refused: bool) -> bool:
    """Whether what waits for `publish_at` should be live by now; what was refused needs no patience."""
    return publish_at + (timedelta() if is_refused else OVERDUE_AFTER) <= timezone.now()


class FrozenContent(models.Model):
    """Frozen content, packed, with its format, and a hash that tells it from any other."""

    format = models.PositiveSmallIntegerField(_("format"))
    packed = models.BinaryField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def content(self) -> dict[str, Any]:
        """What was frozen, in today's format: `{"format": n, "sources": [...], "objects": [...]}`, see freezing.py."""
        return edition_formats.bring_up_to_date(json.loads(zlib.decompress(self.packed)))

    @content.setter
    def content(self, frozen: dict[str, Any]) -> None:
        written = json.dumps(frozen, ensure_ascii=False, separators=(",", ":")).encode()
        self.packed = zlib.compress(written, 6)
        self.content_hash = hashlib.sha256(written).hexdigest()
        self.format = frozen["format"]


class Submission(models.Model):
    """What whoever submits something for review says of it; they may take it back until it is published."""

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("submitted by"),
    )  # fmt: skip
    submission_note = models.CharField(_("note to the reviewer"), max_length=1000, blank=True)
    review_note = models.CharField(_("reviewer's note"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    def is_submitted_by(self, user: Any) -> bool:
        """Whether `user` submitted it; of what was submitted before that was noted, whether they wrote it."""
        author_id: int | None = getattr(self, "author_id", None)
        submitter: int | None = self.submitted_by_id
        return user.pk is not None and (submitter or author_id) == user.pk


class EditionQuerySet(models.QuerySet["Edition"]):
    """Querysets that speak of editions."""

    def live(self) -> "EditionQuerySet":
        """The editions that readers see, at most one a guide."""
        return self.filter(state=Edition.State.LIVE)

    def due(self, now: datetime) -> "EditionQuerySet":
        """The scheduled editions whose moment has come, without those that were refused a short while ago."""
        rested = Q(refused_at=None) | Q(refused_at__lte=now - TRIED_AGAIN_AFTER)
        return self.filter(rested, state=Edition.State.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")


class Edition(Submission, FrozenContent):
    """A guide frozen in the shape of a fixture, self-contained: the sources that it cites are in it.

    Saving writes one, publishing makes one live, restoring loads one back into the rows.
    """

    class State(models.TextChoices):
        SAVED = "saved", _("saved")
        SUBMITTED = "submitted", _("for review")
        SCHEDULED = "scheduled", _("scheduled")
        LIVE = "live", _("live")
        RETIRED = "retired", _("was live")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="editions", verbose_name=_("guide"))
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SAVED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    changes = models.CharField(_("what changed"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("saved at"), default=timezone.now)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)
    refusal = models.CharField(_("why it was not published at its moment"), max_length=1000, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="editions", verbose_name=_("batch of drafts")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["guide"], condition=Q(state="live"), name="one_live_edition"),
        ]
        indexes = [models.Index(fields=["state", "publish_at"], name="edition_state")]
        permissions = [("publish_guide", _("Can publish and unpublish guides"))]

    def __str__(self) -> str:
        return _("%(guide)s, edition %(number)s") % {"guide": self.guide, "number": self.number}

    @property
    def is_overdue(self) -> bool:
        """Whether it should have gone live by now."""
        if self.state != self.State.SCHEDULED or self.publish_at is None:
            return False
        return is_overdue(self.publish_at, bool(self.refusal))
