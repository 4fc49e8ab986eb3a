"""Who keeps a guide or one of its sections true, and when somebody last read it against its sources."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .guide import Guide, Section


class UpkeepQuerySet(models.QuerySet["Upkeep"]):
    """Querysets that speak of upkeep."""

    def of_guides(self) -> "UpkeepQuerySet":
        """That of whole guides."""
        return self.filter(section="")

    def of_sections(self) -> "UpkeepQuerySet":
        """That of sections which are still there."""
        there = Section.objects.filter(guide=models.OuterRef("guide"), slug=models.OuterRef("section"))
        return self.filter(models.Exists(there))


class Upkeep(models.Model):
    """Whose care a guide is in, or one of its sections by its address. Editors' own: no draft and no reader has it."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="upkeep", verbose_name=_("guide"))
    section = models.SlugField(_("section"), max_length=60, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    copied_from = models.CharField(
        _("copied from"), max_length=200, blank=True, help_text=_("The title of the guide that it began as a copy of.")
    )

    objects = UpkeepQuerySet.as_manager()

    class Meta:
        verbose_name = _("upkeep")
        verbose_name_plural = _("upkeep")
        constraints = [models.UniqueConstraint(fields=["guide", "section"], name="upkeep_once")]

    def __str__(self) -> str:
        return f"{self.guide} / {self.section}" if self.section else str(self.guide)


def note(row: "Guide | Section", **fields: Any) -> None:
    """Keep `fields` of the upkeep of a guide or a section."""
    guide, section = (row, "") if isinstance(row, Guide) else (row.guide, row.slug)
    Upkeep.objects.update_or_create(guide=guide, section=section, defaults=fields)
