"""The glossary: what words of the trade mean, said once for all guides."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .fields import LimitedTextField
from .shared import Reviewed


class Term(Reviewed):
    """A word of the trade and what it means. A text links to it by the Markdown `[ILS](glossary:ils)`."""

    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_("Texts refer to it by this name, [like this](glossary:short-name): choose it once."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("As it stands in a text: MARC21, interlibrary loan."))
    long_name = models.CharField(
        _("in full"), max_length=120, blank=True, help_text=_("What the letters stand for, if it is an abbreviation.")
    )
    definition = LimitedTextField(
        _("definition"), max_length=500, help_text=_("One to three plain sentences that need no other term.")
    )

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return f"{reverse('guides:glossary')}#{self.slug}"
