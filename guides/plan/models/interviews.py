"""What belongs to an application: its interviews, and the people whom one deals with there."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import validators
from .dates import PlanDate
from .items import PlanItem
from .plan import Plan

if TYPE_CHECKING:
    from .applications import Application
    from .follow_ups import FollowUp


class ApplicationPart(models.Model):
    """What an item has that belongs to one application of the same plan: it names that by its slug."""

    if TYPE_CHECKING:
        referred: "Callable[[str], PlanItem | None]"  # of the PlanItem that it is
        plan: Plan

    application = models.CharField(
        gettext_lazy("application"), max_length=12, editable=False, validators=validators.item_slug
    )

    class Meta:
        abstract = True

    @property
    def its_application(self) -> "Application | None":
        """The application, None where it was deleted."""
        from .applications import Application

        row = self.referred("application")
        return row if isinstance(row, Application) else None

    @property
    def post(self) -> str:
        """What job, and where: as one knows the application."""
        return str(self.its_application or _("an application that is deleted"))

    def details(self) -> list[str]:
        """What is known of it beside its name or day, a line each."""
        return []


class Interview(ApplicationPart, PlanItem):
    """One interview: its day and hour, how it is held, and with whom. The hour is that of the place where it is."""

    class Kind(models.TextChoices):
        IN_PERSON = "in_person", gettext_lazy("In person")
        VIDEO = "video", gettext_lazy("By video")
        PHONE = "phone", gettext_lazy("By phone")
        PANEL = "panel", gettext_lazy("With a panel")
        TEST = "test", gettext_lazy("A test or a sample of work")

    on = models.DateField(gettext_lazy("day"), validators=validators.likely_day)
    at = models.TimeField(gettext_lazy("time"), null=True, blank=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=12, choices=Kind.choices, blank=True)
    with_whom = models.CharField(
        gettext_lazy("with whom"),
        max_length=200,
        blank=True,
        validators=validators.plain_line,
        help_text=gettext_lazy("Such as: Ms. Reyes, head of circulation."),
    )
    place = models.CharField(
        gettext_lazy("where"),
        max_length=300,
        blank=True,
        validators=validators.plain_line,
        help_text=gettext_lazy("An address, a room, a link or a number to call."),
    )
    note = models.TextField(
        gettext_lazy("notes"),
        max_length=5000,
        blank=True,
        validators=validators.plain_text,
        help_text=gettext_lazy("What to bring and to ask; afterward, what was asked and what you said."),
    )

    class Meta(PlanItem.Meta):
        ordering = ["on", "at", "pk"]

    def __str__(self) -> str:
        return _("Interview: %(post)s") % {"post": self.post}

    @property
    def what(self) -> str:
        """How it is called beside its application: 'Interview, by phone, 2:30 p.m.'."""
        kind = str(self.get_kind_display())
        parts = [_("Interview"), kind[:1].lower() + kind[1:], time_format(self.at) if self.at else ""]
        return ", ".join(filter(None, parts))

    def details(self) -> list[str]:
        return [each for each in (self.with_whom, self.place, self.note) if each]

    def dates(self) -> list[PlanDate]:
        event = interview_event(self.application, self.on)
        text = f"{self.what}: {self.post}"
        return [PlanDate(self.on, text, self, "on", evidence=_("Interview"), label=self.what, at=self.at, event=event)]

    def dependents(self) -> "list[FollowUp]":
        from .follow_ups import FollowUp

        return list(FollowUp.objects.filter(plan=self.plan_id, application=self.application, interview=self.slug))

    def has_changed(self, changed: Collection[str]) -> None:
        from .. import follow_ups

        if application := self.its_application:
            follow_ups.after_interview(application, self, changed)


def interview_event(application: str, on: date) -> str:
    """By what a day that an application itself names is known for that of one of its interviews."""
    return f"interview-{application}-{on}"


class Contact(ApplicationPart, PlanItem):
    """Somebody whom the person deals with over an application."""

    name = models.CharField(gettext_lazy("name"), max_length=120, validators=validators.plain_line)
    role = models.CharField(
        gettext_lazy("role"),
        max_length=120,
        blank=True,
        validators=validators.plain_line,
        help_text=gettext_lazy("Such as: recruiter, branch manager."),
    )
    reach = models.CharField(
        gettext_lazy("phone or e-mail"), max_length=200, blank=True, validators=validators.plain_line
    )
    note = models.TextField(gettext_lazy("note"), max_length=2000, blank=True, validators=validators.plain_text)

    class Meta(PlanItem.Meta):
        pass

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.role)))

    def details(self) -> list[str]:
        return [each for each in (self.reach, self.note) if each]
