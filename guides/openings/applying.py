"""A posting in a person's plan: an application with what is known of it, and its closing date."""

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from guides.plan import room
from guides.plan.models import Application, Plan
from guides.plan.validators import one_line

from .models import Posting

LONGEST = 120


def logged(plan: Plan, posting: Posting) -> Application | None:
    """The application that the plan holds of this posting, None where there is none."""
    return Application.objects.filter(plan=plan, link=posting.address).first()


def log(plan: Plan, posting: Posting) -> Application:
    """Log a posting; twice changes nothing. Raises ValidationError where the plan is full."""
    with room.changing(plan):
        if stored := logged(plan, posting):
            return stored
        return Application.objects.create(
            plan=plan,
            post=_cut(posting.title),
            employer=_cut(posting.employer) or _("Employer not named"),
            link=posting.address,
            closes_on=posting.closes_on,
            note=_note(posting),
        )


def _cut(text: str) -> str:
    said = one_line(text)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _note(posting: Posting) -> str:
    """What the posting says that an application has no field for, a line each."""
    known = [
        (_("Place"), posting.place),
        (_("Department"), posting.department),
        (_("Pay"), posting.pay_stated),
        (_("Hours"), posting.hours_stated or posting.get_hours_display()),
        (_("Closes at"), time_format(posting.closes_at) if posting.closes_at else ""),
    ]
    return "\n".join(f"{label}: {one_line(said)}" for label, said in known if said)
