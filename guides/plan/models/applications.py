"""The application log."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import validators
from .dates import PlanDate, once_each
from .interviews import Contact, Interview, interview_event
from .items import PlanItem


class Application(PlanItem):
    """A post the person has an eye on or has applied for, and how far it got."""

    class Status(models.TextChoices):
        SAVED = "saved", gettext_lazy("Saved")
        APPLIED = "applied", gettext_lazy("Applied")
        INTERVIEW = "interview", gettext_lazy("Interview")
        OFFER = "offer", gettext_lazy("Offer")
        TURNED_DOWN = "turned_down", gettext_lazy("Turned down")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")

    class Rhythm(models.TextChoices):
        USUAL = "", gettext_lazy("As usual: 8 days after applying; a day, and a week, after an interview")
        LATER = "later", gettext_lazy("Later: two weeks after applying; a day, and two weeks, after an interview")
        NONE = "none", gettext_lazy("Not at all")

    ANSWERED = {Status.OFFER, Status.TURNED_DOWN, Status.WITHDRAWN}
    CLOSED = {Status.TURNED_DOWN, Status.WITHDRAWN}

    post = models.CharField(gettext_lazy("job title"), max_length=120, validators=validators.plain_line)
    employer = models.CharField(gettext_lazy("employer"), max_length=120, validators=validators.plain_line)
    link = models.CharField(
        gettext_lazy("link to the posting"),
        max_length=500,
        blank=True,
        validators=[validators.web_address, *validators.plain_line],
        help_text=gettext_lazy("Starts with https:// or http://."),
    )
    status = models.CharField(gettext_lazy("status"), max_length=12, choices=Status.choices, default=Status.SAVED.value)
    closes_on = models.DateField(gettext_lazy("closing date"), null=True, blank=True, validators=validators.likely_day)
    applied_on = models.DateField(gettext_lazy("applied on"), null=True, blank=True, validators=validators.likely_day)
    interview_on = models.DateField(
        gettext_lazy("interview on"),
        null=True,
        blank=True,
        validators=validators.likely_day,
        help_text=gettext_lazy("The day alone. Once this is saved, interviews with hour, place and people go below."),
    )
    answered_on = models.DateField(
        gettext_lazy("answer on"),
        null=True,
        blank=True,
        validators=validators.likely_day,
        help_text=gettext_lazy("The day of the offer, of being turned down, or of your withdrawal."),
    )
    next_action = models.CharField(
        gettext_lazy("next action"),
        max_length=200,
        blank=True,
        validators=validators.plain_line,
        help_text=gettext_lazy("Such as: call to follow up."),
    )
    next_on = models.DateField(gettext_lazy("do it by"), null=True, blank=True, validators=validators.likely_day)
    follow_up = models.CharField(
        gettext_lazy("remind me to ask again"),
        max_length=12,
        choices=Rhythm.choices,
        blank=True,
        default=Rhythm.USUAL.value,
        db_default=Rhythm.USUAL.value,
        help_text=gettext_lazy("Each reminder is a day in your plan with its reason; you can move or remove it."),
    )
    contact = models.CharField(
        gettext_lazy("contact"),
        max_length=200,
        blank=True,
        validators=validators.plain_line,
        help_text=gettext_lazy("Whom you spoke or wrote to, and how to reach them."),
    )
    documents = models.TextField(
        gettext_lazy("documents sent"),
        max_length=1000,
        blank=True,
        validators=validators.plain_text,
        help_text=gettext_lazy("One a line, such as: resume, library version."),
    )
    note = models.TextField(gettext_lazy("note"), max_length=5000, blank=True, validators=validators.plain_text)

    def __str__(self) -> str:
        return _("%(post)s, %(employer)s") % {"post": self.post, "employer": self.employer}

    def document_list(self) -> list[str]:
        """The documents sent, one string each."""
        return [line.strip() for line in self.documents.splitlines() if line.strip()]

    @property
    def is_closed(self) -> bool:
        return self.status in self.CLOSED

    @property
    def is_followed_up(self) -> bool:
        """Whether the person wants to be reminded, and there is still an answer to wait for."""
        return self.follow_up != self.Rhythm.NONE and self.status not in self.ANSWERED

    @property
    def is_overdue(self) -> bool:
        return any(dated.overdue for dated in self.all_dates())

    def all_dates(self) -> list[PlanDate]:
        """Its own dates with those of what belongs to it, soonest first."""
        parts = [part for kind in ("interviews", "follow-ups") for part in self.parts(kind)]
        return once_each(dated for item in (self, *parts) for dated in item.dates())

    def next_dates(self) -> list[PlanDate]:
        """What of them it waits for."""
        return [dated for dated in self.all_dates() if dated.is_next]

    def interviews(self) -> list[Interview]:
        """Its interviews, soonest first."""
        return [part for part in self.parts("interviews") if isinstance(part, Interview)]

    def contacts(self) -> list[Contact]:
        """The people whom one deals with."""
        return [part for part in self.parts("contacts") if isinstance(part, Contact)]

    def follow_ups(self) -> list[PlanItem]:
        """What to ask again, and when."""
        return self.parts("follow-ups")

    def dependents(self) -> list[PlanItem]:
        return [*self.interviews(), *self.contacts(), *self.follow_ups()]

    def has_changed(self, changed: Collection[str]) -> None:
        from .. import follow_ups

        follow_ups.after_application(self, changed)

    def remarks(self) -> list[str]:
        """What of the dates does not go together, a sentence each: a slip of the pen, as a rule, and never refused."""
        order = [
            ("applied_on", "closes_on", _("You applied after the closing date: is one of the two days wrong?")),
            ("applied_on", "interview_on", _("The interview is before the day you applied: is one of the two wrong?")),
            ("applied_on", "answered_on", _("The answer came before the day you applied: is one of the two wrong?")),
            ("interview_on", "answered_on", _("The answer came before the interview: is one of the two days wrong?")),
        ]
        today = timezone.localdate()
        result = [text for first, then, text in order if _is_before(getattr(self, then), getattr(self, first))]
        if self.status != self.Status.SAVED and _is_before(today, self.applied_on):
            result.append(_("It counts as applied for, on a day that is still to come."))
        if self.status in self.ANSWERED and _is_before(today, self.answered_on):
            result.append(_("It counts as answered, on a day that is still to come."))
        return result

    def dates(self) -> list[PlanDate]:
        sent = self.status != self.Status.SAVED
        known: list[tuple[str, str, dict[str, Any]]] = [
            ("closes_on", _("Closes"), {"action": True, "moot": sent}),
            ("applied_on", _("Applied"), {"done": True, "evidence": _("Applied")}),
            ("interview_on", _("Interview"), {"evidence": _("Interview"), "event": self._interview_event}),
            ("answered_on", self._answer, {"done": True, "evidence": self._answer}),
            ("next_on", self.next_action or _("Next action"), {"action": True, "moot": self.is_closed}),
        ]
        return [
            PlanDate(getattr(self, name), f"{text}: {self}", self, name, label=str(text), **marks)
            for name, text, marks in known
            if getattr(self, name)
        ]

    @property
    def _interview_event(self) -> str:
        return interview_event(self.slug, self.interview_on) if self.interview_on else ""

    @property
    def _answer(self) -> str:
        return str(self.get_status_display() if self.status in self.ANSWERED else _("Answer"))

    def complete(self, changed: Collection[str]) -> list[str]:
        """A new status without its day means today; days already written stay."""
        if "status" not in changed:
            return []
        follows: dict[str, str] = {self.Status.APPLIED: "applied_on", **dict.fromkeys(self.ANSWERED, "answered_on")}
        name = follows.get(self.status)
        if not name or getattr(self, name):
            return []
        setattr(self, name, timezone.localdate())
        return [name]


def _is_before(day: date | None, other: date | None) -> bool:
    """Whether both days are known, and the first is earlier."""
    return day is not None and other is not None and day < other
