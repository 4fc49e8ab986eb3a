"""The rhythm of asking again: which follow-ups an application and its interviews call for, and by when.

They are written into the plan when an application is sent or an interview is noted, moved with its day, and taken out
where nobody has to ask any more. One that the person removed does not come back with another change.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from . import earlier
from .models import Application, FollowUp, Interview

About = FollowUp.About
# Days after applying, after the closing date, and after an interview.
AFTER_APPLYING = {Application.Rhythm.USUAL: 8, Application.Rhythm.LATER: 14}
AFTER_CLOSING = 7
AFTER_INTERVIEW = {Application.Rhythm.USUAL: 7, Application.Rhythm.LATER: 14}
THANKS_AFTER = 1
# By what of an application one asks how it stands.
APPLYING = frozenset({"status", "applied_on", "closes_on", "follow_up"})
# Of days that lie further back nothing is written: what was due then is long settled.
STALE = timedelta(days=7)


def after_application(application: Application, changed: Collection[str]) -> None:
    """Bring the follow-ups of an application to what it says, after a change of the fields named in `changed`."""
    _take_out(application)
    if not APPLYING.isdisjoint(changed) and _is_waited_for(application):
        _write(application, "", About.APPLIED, _after_applying(application))
    if "follow_up" in changed:
        for interview in Interview.objects.filter(plan=application.plan_id, application=application.slug):
            after_interview(application, interview, {"on"})


def after_interview(application: Application, interview: Interview, changed: Collection[str]) -> None:
    """Bring the follow-ups of an interview to its day, where that was changed."""
    _take_out(application)
    if "on" not in changed or not application.is_followed_up:
        return
    _write(application, interview.slug, About.THANKS, interview.on + timedelta(days=THANKS_AFTER))
    last = (
        Interview.objects.filter(plan=application.plan_id, application=application.slug).order_by("-on", "-pk").first()
    )
    _take_out_answered(application, last)
    if last != interview:
        return
    days = AFTER_INTERVIEW[Application.Rhythm(application.follow_up)]
    _write(application, interview.slug, About.DECISION, interview.on + timedelta(days=days))


def _after_applying(application: Application) -> date:
    applied_on = application.applied_on or timezone.localdate()
    due = applied_on + timedelta(days=AFTER_APPLYING[Application.Rhythm(application.follow_up)])
    return max(due, application.closes_on + timedelta(days=AFTER_CLOSING)) if application.closes_on else due


def _is_waited_for(application: Application) -> bool:
    """Whether it was sent, and nothing has come of it yet."""
    return (
        application.is_followed_up
        and application.status == Application.Status.APPLIED
        and not Interview.objects.filter(plan=application.plan_id, application=application.slug).exists()
    )


def _write(application: Application, interview: str, about: About, due_on: date) -> None:
    """Write one into the plan, or give the one that is there its new day; what is done stays as it is."""
    mark = {"plan_id": application.plan_id, "application": application.slug, "interview": interview, "about": about}
    there = FollowUp.objects.filter(**mark).first()
    if there and not there.done_on and there.due_on != due_on:
        earlier.remember(there)
        FollowUp.objects.filter(pk=there.pk).update(due_on=due_on)
    elif there is None and due_on >= timezone.localdate() - STALE:
        name = f"{FollowUp.ADVICE[about].what}: {application}"
        FollowUp.objects.create(**mark, name=name, due_on=due_on)


def _take_out_answered(application: Application, last: Interview | None) -> None:
    """Take out the open questions for a decision of all interviews but the last: to be asked again was the answer."""
    open_ones = FollowUp.objects.filter(plan=application.plan_id, application=application.slug, done_on=None)
    _delete(open_ones.filter(about=About.DECISION).exclude(interview=last.slug if last else ""))


def _take_out(application: Application) -> None:
    """Take out what nobody has to do any more: of an application that is answered or not to be followed up, all that is
    open; of one that led to an interview, the question how it stands."""
    rows = FollowUp.objects.filter(plan=application.plan_id, application=application.slug, done_on=None)
    if application.is_followed_up:
        rows = rows.filter(about=About.APPLIED)
        if _is_waited_for(application):
            return
    _delete(rows)


def _delete(rows: "QuerySet[FollowUp]") -> None:
    """Delete them so that the person can bring them back."""
    going = list(rows)
    earlier.remember(*going, was_deleted=True)
    FollowUp.objects.filter(pk__in=[row.pk for row in going]).delete()
