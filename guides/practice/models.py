"""What a person keeps of their practice in a plan."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.plan import validators
from guides.plan.models import PlanItem


class KeptSession(PlanItem):
    """The counts of one session, with the answers where the person wanted that."""

    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("title"), max_length=120, validators=validators.plain_line)
    kept_on = models.DateField(gettext_lazy("day"), validators=validators.likely_day)
    text = models.TextField(gettext_lazy("what was counted"), max_length=60_000, validators=validators.plain_text)

    class Meta(PlanItem.Meta):
        verbose_name = gettext_lazy("practice session")
        verbose_name_plural = gettext_lazy("practice sessions")

    def __str__(self) -> str:
        return _("Interview practice: %(guide)s") % {"guide": self.name}

    def get_practice_url(self) -> str:
        """Where to practice again."""
        return reverse("practice:session", args=[self.guide])
