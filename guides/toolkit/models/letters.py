"""Cover letters for different situations, with places to fill."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.fields import LimitedTextField

from .base import GuideRow


class CoverLetter(GuideRow):
    """A letter whose places to fill stand in brackets: [name of the library]. Equal words are the same place."""

    title = models.CharField(_("title"), max_length=80, help_text=_("The situation, such as: Career changer."))
    situation = models.CharField(_("who it is for"), max_length=300)
    body = LimitedTextField(
        _("letter"),
        max_length=5000,
        help_text=_("From the greeting to the last sentence; blank line for a paragraph, [brackets] for a place."),
    )
    why = LimitedTextField(_("why it works"), max_length=800)

    class Meta(GuideRow.Meta):
        verbose_name = _("cover letter")
        verbose_name_plural = _("cover letters")

    def __str__(self) -> str:
        return self.title
