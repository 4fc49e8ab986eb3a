"""A batch: drafts of one or several guides that were made in one go, to be reviewed and published together."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """What was done to several guides at once. Its editions are ordinary drafts: see Edition.batch."""

    comment = models.CharField(_("what was done"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("batch of drafts")
        verbose_name_plural = _("batches of drafts")

    def __str__(self) -> str:
        return self.comment
