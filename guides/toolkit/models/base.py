"""What the toolkit's rows have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Guide


class GuideRow(models.Model):
    """A row of a guide with a short name, in the order the editor gave it."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="%(class)ss", verbose_name=_("guide"))
    slug = models.SlugField(
        _("short name"), max_length=60, help_text=_("Links and what people keep refer to it: choose it once.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "slug"],
                name="%(class)s_slug_once",
                violation_error_message=_("This guide has one with that short name already."),
            )
        ]

    def natural_key(self) -> tuple[str, ...]:
        return (self.guide.slug, self.slug)

    natural_key.dependencies = ["guides.guide"]  # type: ignore[attr-defined]  # Django reads it from the method
