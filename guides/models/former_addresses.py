"""Addresses of sections that readers know from before: no address once published ever leads nowhere."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .guide import Guide


class FormerAddress(models.Model):
    """Where a section of a guide could be read once, and which section readers are led to instead."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(
        _("former address"),
        max_length=60,
        help_text=_("The last part of the web address that a section had once, such as market-2025."),
    )
    leads_to = models.SlugField(
        _("leads to"),
        max_length=60,
        blank=True,
        help_text=_("The address of the section that took its place. Empty leads to the guide's first page."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "slug"],
                name="former_address_once",
                violation_error_message=_("This guide leads readers on from that address already."),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        if self.slug == self.leads_to:
            raise ValidationError({"leads_to": _("It leads to itself: choose the section that took its place.")})


class PublishedSection(models.Model):
    """A section's address that readers could follow at some time, and the section that it was part of.

    Written whenever a guide is published, and never taken back: it leads on from addresses of which no editor has said
    where they lead.
    """

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="published_sections")
    slug = models.SlugField(_("address"), max_length=60)
    parent = models.SlugField(_("part of"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("published section")
        verbose_name_plural = _("published sections")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["guide", "slug"], name="published_section_once")]

    def __str__(self) -> str:
        return self.slug
