"""What the releases of the project shipped: by it an upgrade tells what editors changed from what they left alone."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .edition import Edition, FrozenContent
from .guide import Guide


class Release(models.Model):
    """A release whose texts this site has brought in whole."""

    number = models.CharField(_("number"), max_length=30)
    digest = models.CharField(max_length=64, help_text=_("Tells the files it shipped from any others."))
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)

    class Meta:
        ordering = ["-brought_at", "-pk"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [models.UniqueConstraint(fields=["number", "digest"], name="release_once")]

    def __str__(self) -> str:
        return self.number


class ShippedContentQuerySet(models.QuerySet["ShippedContent"]):
    """Querysets that speak of what a release brought."""

    def with_drafts(self) -> "ShippedContentQuerySet":
        """Each with `draft_waits`: whether its text is in a draft that no edition readers saw has come after."""
        editions = Edition.objects.filter(guide__slug=OuterRef("slug"))
        waits = Exists(editions) & ~Exists(editions.live().filter(number__gte=OuterRef("draft_number")))
        return self.annotate(draft_waits=ExpressionWrapper(Q(waits, draft_number__isnull=False), BooleanField()))

    def waiting(self) -> "ShippedContentQuerySet":
        """Those that need an editor: something collides, a draft waits for readers, or it could not be brought in."""
        return self.with_drafts().filter(Q(draft_waits=True) | ~Q(collisions=[]) | ~Q(fault=""))


class ShippedContent(FrozenContent):
    """One guide, source, term or synonym as the last release shipped it, and what of it waits for an editor.

    It is known by its slug and stays when the row goes: what editors deleted does not come back with the next release.
    """

    model = models.CharField(_("kind"), max_length=60)
    slug = models.SlugField(_("short name"), max_length=80)
    release = models.CharField(
        _("release"),
        max_length=30,
        blank=True,
        help_text=_("Which one shipped it last; empty for those from before releases had numbers."),
    )
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)
    draft_number = models.PositiveIntegerField(_("edition with its text"), null=True, blank=True)
    is_own = models.BooleanField(
        _("the site's own"),
        default=False,
        help_text=_("Editors made a guide at this address before a release did: releases leave it alone."),
    )
    # Rows that both editors and the release changed: see guides/publishing/merge.py.
    collisions = models.JSONField(default=list, blank=True)
    fault = models.TextField(_("why it could not be brought in"), blank=True)

    objects = ShippedContentQuerySet.as_manager()

    class Meta:
        ordering = ["model", "slug"]
        verbose_name = _("text from a release")
        verbose_name_plural = _("texts from releases")
        constraints = [models.UniqueConstraint(fields=["model", "slug"], name="shipped_content_once")]

    def __str__(self) -> str:
        row = self.row()
        return str(row) if row else self.slug

    @property
    def is_guide(self) -> bool:
        return self.model == Guide._meta.label_lower

    @property
    def kind(self) -> str:
        return str(apps.get_model(self.model)._meta.verbose_name)

    def row(self) -> Any:
        """The guide, source, term or synonym that it is the text of, or None where editors deleted it."""
        return apps.get_model(self.model).objects.filter(slug=self.slug).first()
