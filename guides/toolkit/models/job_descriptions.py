"""For those who hire: sentences to tick, and words to avoid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.fields import LimitedTextField

from .base import GuideRow


class JobPhrase(GuideRow):
    """A sentence of a job description. Duties and skills come from the guide itself; this adds what it has not."""

    class Part(models.TextChoices):
        DUTY = "duty", _("duty")
        REQUIREMENT = "requirement", _("requirement")
        PREFERRED = "preferred", _("preferred")
        OFFER = "offer", _("what we offer")

    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    text = models.CharField(_("sentence"), max_length=240)

    class Meta(GuideRow.Meta):
        verbose_name = _("sentence of a job description")
        verbose_name_plural = _("sentences of job descriptions")

    def __str__(self) -> str:
        return self.text


class Wording(GuideRow):
    """Words that a job description does better without, and what to write instead."""

    class Fault(models.TextChoices):
        BIASED = "biased", _("biased: it keeps people from applying")
        VAGUE = "vague", _("vague: it says nothing that can be checked")
        BEYOND = "beyond", _("beyond what the guide says the job needs")

    fault = models.CharField(_("what is wrong"), max_length=8, choices=Fault.choices)
    words = LimitedTextField(
        _("words"), max_length=600, help_text=_("One a line; capitals do not matter, and a final * stands for endings.")
    )
    why = models.CharField(_("why"), max_length=240)
    instead = models.CharField(_("what to write instead"), max_length=240, blank=True)

    class Meta(GuideRow.Meta):
        verbose_name = _("wording to avoid")
        verbose_name_plural = _("wordings to avoid")

    def __str__(self) -> str:
        return self.word_list()[0] if self.word_list() else self.slug

    def word_list(self) -> list[str]:
        """The words, one string each."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def shown_words(self) -> list[str]:
        """The words as readers see them: without the sign for endings, none twice."""
        return list(dict.fromkeys(word.rstrip("*").replace("’", "'") for word in self.word_list()))
