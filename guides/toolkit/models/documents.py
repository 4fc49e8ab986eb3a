"""What a person made with the toolkit and keeps in their plan."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.plan import validators
from guides.plan.models import PlanItem

from .. import packing

PAGES = {
    "resume": "toolkit:resume_build",
    "letter": "toolkit:letter_write",
    "interview": "toolkit:interview_practice",
    "posting": "toolkit:job_description_write",
}


class KeptDocument(PlanItem):
    """A form of the toolkit as it was when the person saved it. `content` is what `packing.pack` makes."""

    class Tool(models.TextChoices):
        RESUME = "resume", gettext_lazy("resume")
        LETTER = "letter", gettext_lazy("cover letter")
        INTERVIEW = "interview", gettext_lazy("interview practice")
        POSTING = "posting", gettext_lazy("job description")

    tool = models.CharField(gettext_lazy("kind"), max_length=10, choices=Tool.choices)
    guide = models.CharField(gettext_lazy("guide"), max_length=80, validators=validators.guide_slug)
    name = models.CharField(gettext_lazy("name"), max_length=120, validators=validators.plain_line)
    application = models.CharField(
        gettext_lazy("application"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(validators.ITEM_SLUG), *validators.plain_line],
        help_text=gettext_lazy("The short name of the application of the plan that it is for."),
    )
    content = models.TextField(gettext_lazy("text"), max_length=packing.LARGEST, validators=validators.plain_text)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(PAGES[self.tool], args=[self.guide])}?{urlencode({'document': self.slug})}"

    def get_content_display(self) -> str:
        """What a page says instead of the whole form."""
        count = len(packing.unpack(self.content))
        return ngettext("%(count)d field", "%(count)d fields", count) % {"count": count}

    @property
    def excerpt(self) -> str:
        """The longest of what was typed: a letter's text, a resume's summary."""
        try:
            values = [value for _name, values in packing.unpack(self.content).lists() for value in values]
        except ValueError:
            return ""
        return " … ".join(sorted(values, key=len, reverse=True)[:3])

    def clean(self) -> None:
        try:
            packing.unpack(self.content)
        except ValueError:
            raise ValidationError({"content": _("This is not what the toolkit saves.")}) from None
