"""Asking again: what to do so many days after applying and after an interview, each with its reason."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import validators
from .interviews import ApplicationPart
from .items import Task


@dataclass(frozen=True)
class Advice:
    """What to do, why then, and where that is advised: the publisher's name and address, empty for a rule of ours.

    Each source was read on 2026-11-28, in a stored copy of its page.
    """

    what: str | Promise
    why: str | Promise
    source: str = ""
    address: str = ""


class FollowUp(ApplicationPart, Task):
    """One thing to do about an application, by a day that the person can move; removing it stops it."""

    class About(models.TextChoices):
        APPLIED = "applied", gettext_lazy("Ask how the application stands")
        THANKS = "thanks", gettext_lazy("Thank them for the interview")
        DECISION = "decision", gettext_lazy("Ask whether they have decided")

    ADVICE = {
        About.APPLIED: Advice(
            gettext_lazy("Ask how the application stands"),
            gettext_lazy(
                "A short note a week after applying, or after the closing date where that is later: before it they "
                "have nothing to say. Not where the posting asks you not to call."
            ),
            "APUEdge",
            "https://apuedge.com/when-to-follow-up-after-applying-for-a-job/",
        ),
        About.THANKS: Advice(
            gettext_lazy("Thank them for the interview"),
            gettext_lazy(
                "A few lines of thanks within a day, to each person you spoke with, while they still remember you."
            ),
            "University of North Carolina, career services",
            "https://careers.unc.edu/students/step-3-gain-experience/resumes-and-letters/thank-you-letters",
        ),
        About.DECISION: Advice(
            gettext_lazy("Ask whether they have decided"),
            gettext_lazy(
                "A week after the interview, a rule of thumb of ours. Where they named a day, wait until it has passed."
            ),
        ),
    }

    interview = models.CharField(
        gettext_lazy("interview"), max_length=12, blank=True, editable=False, validators=validators.item_slug
    )
    about = models.CharField(gettext_lazy("what"), max_length=12, choices=About.choices)
    name = models.CharField(gettext_lazy("title"), max_length=300, validators=validators.plain_line)

    waits_for_its_day = True

    class Meta(Task.Meta):
        constraints = [
            *Task.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "application", "interview", "about"], name="followup_once_a_plan"),
        ]

    @property
    def advice(self) -> Advice:
        return self.ADVICE[self.About(self.about)]

    @property
    def label(self) -> str:
        """What to do, without of which application."""
        return str(self.advice.what)

    @property
    def why_worth(self) -> str:  # type: ignore[override] # a row's own words in place of a guide's
        return str(self.advice.why)

    @property
    def hours(self) -> tuple[int, int]:
        return (1, 1)

    def links(self) -> list[tuple[str, str]]:
        """The application, and where the advice is from."""
        application = self.its_application
        links = [(_("The application"), application.get_absolute_url())] if application else []
        if self.advice.source:
            links.append((_("Advised by %(source)s") % {"source": self.advice.source}, self.advice.address))
        return links
