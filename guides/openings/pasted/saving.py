"""Putting into a plan what a person confirmed of a text: a new application, or word of one that is there."""

from typing import Any

from django.utils.translation import gettext as _

from guides.plan import earlier, room
from guides.plan.models import Application, Interview, Plan

# What goes into fields of the application that are empty there; what it says already stands.
FILLED = ("link", "closes_on", "applied_on")


def save(plan: Plan, said: dict[str, Any]) -> Application:
    """Store what was confirmed; twice changes nothing. Raises ValidationError where the plan is full."""
    with room.changing(plan):
        rows = Application.objects.filter(plan=plan)
        if same := rows.filter(slug=said["slug"]).first():
            return same
        there = rows.filter(slug=said["into"]).first() if said.get("into") else None
        application = _tell(there, said) if there else _new(plan, said)
        if said["interview_on"]:
            _add_interview(application, said)
        return application


def _new(plan: Plan, said: dict[str, Any]) -> Application:
    names = ("slug", "post", "employer", "status", *FILLED)
    application = Application(plan=plan, note="\n".join(_lines(said)), **{name: said[name] for name in names})
    application.complete(["status"])
    application.save()
    application.has_changed(["status", *FILLED])
    return application


def _tell(application: Application, said: dict[str, Any]) -> Application:
    """Bring an application to what the text says of it; nothing that the person wrote is lost."""
    earlier.remember(application)
    changed = ["status"] if application.status != said["status"] else []
    application.status = said["status"]
    for name in FILLED:
        if said[name] and not getattr(application, name):
            setattr(application, name, said[name])
            changed.append(name)
    lines = [line for line in _lines(said) if line not in application.note]
    application.note = "\n".join(filter(None, [application.note, *lines]))[:5000]
    changed += application.complete(changed)
    application.save()
    application.has_changed(changed)
    return application


def _lines(said: dict[str, Any]) -> list[str]:
    """What an application has no field for, a line each."""
    place = "" if said["interview_on"] else said["place"]
    known = [(_("Place"), place), (_("Pay"), said["pay"]), (_("Number"), said["number"])]
    return [f"{label}: {words}" for label, words in known if words]


def _add_interview(application: Application, said: dict[str, Any]) -> None:
    """Add the interview, unless the same hour stands there."""
    rows = Interview.objects.filter(plan=application.plan, application=application.slug)
    if rows.filter(on=said["interview_on"], at=said["interview_at"]).exists():
        return
    interview = Interview.objects.create(
        plan=application.plan,
        application=application.slug,
        on=said["interview_on"],
        at=said["interview_at"],
        kind=said["interview_kind"],
        with_whom=said["with_whom"],
        place=said["place"],
    )
    application.known_parts = None
    interview.has_changed(["on"])
    application.has_changed([])
