"""Where somebody in one state looks for work and finds help: rows of a guide's section of the kind 'links by state'."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import Source
from guides.models.rows import AddressedRow

from ..areas import BY_ABBREVIATION, STATES, State


class StateLink(AddressedRow):
    """A page or an office for the people of one state, or of every state: its address, what it is for, and which copy
    of it was read on which day.

    Many rows may cite one source: the list, or the kind of page, that they were read in. `copy` says which copy it was
    of this one.
    """

    class Purpose(models.TextChoices):
        JOBS = "jobs", gettext_lazy("job line: openings in the state’s libraries")
        LIBRARY = "library", gettext_lazy("state library: it knows the state’s job lines and courses")
        ASSOCIATION = "association", gettext_lazy("association: job pages, meetings, people to ask")
        HELP = "help", gettext_lazy("help: a diploma, training, a first application")

    state = models.CharField(
        gettext_lazy("state"),
        max_length=2,
        blank=True,
        choices=[(state.abbreviation, state.name) for state in sorted(STATES, key=lambda state: state.name)],
        help_text=gettext_lazy("Empty: it is for the people of every state."),
    )
    purpose = models.CharField(gettext_lazy("what it is"), max_length=12, choices=Purpose)
    name = models.CharField(gettext_lazy("name"), max_length=120)
    url = models.URLField(
        gettext_lazy("address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"])],
        help_text=gettext_lazy("Empty where no copy gave one: readers then get the name alone."),
    )
    text = models.CharField(
        gettext_lazy("what it is for"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("What somebody finds there, in a few words that follow a colon."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=gettext_lazy("read in"))
    copy = models.CharField(
        gettext_lazy("which copy"),
        max_length=200,
        help_text=gettext_lazy("Such as: its own front page, a copy of May 2025. Or: an undated list, so check there."),
    )
    checked_on = models.DateField(gettext_lazy("read on"))

    class Meta(AddressedRow.Meta):
        verbose_name = gettext_lazy("link by state")
        verbose_name_plural = gettext_lazy("links by state")

    def __str__(self) -> str:
        return f"{self.name} ({self.place.name})" if self.place else self.name

    def clean(self) -> None:
        super().clean()
        if self.purpose == self.Purpose.JOBS and not self.url:
            raise ValidationError({"url": _("A job line needs its address.")})

    @property
    def place(self) -> State | None:
        """The state that it is for, None where it is for all of them."""
        return BY_ABBREVIATION.get(self.state)

    def get_state_url(self) -> str:
        """The page of its state below its guide; empty where it is for every state."""
        return reverse("datasets:state_pay", args=[self.section.guide.slug, self.place.slug]) if self.place else ""
