"""This week: the three things of a plan that matter most now, each with its reason. The page tells the rules.

1. A day that others set, in the next seven days: a closing date, an interview, a date of the person's own.
2. What the person wanted done by a day: what is overdue, then what is due within seven days.
3. What has no such day, by what it opens: how many steps wait for it, or what it is worth to the careers of the plan.
   Of these as many as fit into the person's hours a week; what is longer than a week is begun.
4. What is only saved and asks for a look, such as an occupation, where there is room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .item_types import Items, all_dates, items_of
from .models import Application, Event, FollowUp, Interview, PlanDate, PlanItem, Task

THINGS = 3
DAYS = 7
HOURS_A_WEEK = 5
HOURS_TO_CHOOSE = (2, 5, 10, 20)
MOST_HOURS = 60
# What an item without hours of its own is taken for, an application that is only saved, and what is to be looked into.
HOURS_UNKNOWN, HOURS_TO_APPLY, HOURS_TO_LOOK = 2, 3, 1
# What sending an application opens, on the scale of a task's `worth`: as much as a core skill.
WORTH_OF_APPLYING = 6


@dataclass(frozen=True)
class Thing:
    """Something to do this week: what, why this, and where it stands or is done."""

    item: PlanItem
    name: str
    why: str
    on: date | None = None
    is_overdue: bool = False
    hours: int = 0
    worth: int = 0

    @property
    def links(self) -> list[tuple[str, str]]:
        """Where it is done, as the words of each link and its address."""
        return self.item.links()


@dataclass(frozen=True)
class Week:
    """The things of a week with so many hours. `more` is how many others have a day in it."""

    things: list[Thing]
    hours: int
    more: int = 0

    @property
    def hours_to_choose(self) -> list[int]:
        """The hours a week that the page offers, the present ones among them."""
        return sorted({*HOURS_TO_CHOOSE, self.hours})


def this_week(items: Items, hours: int | None = None) -> Week:
    """Choose the things of `items`, a plan's, for a week of `hours`; by default of the hours that a result names."""
    hours = hours or next(filter(None, (item.hours_a_week for rows in items.values() for item in rows)), HOURS_A_WEEK)
    dated = _with_a_day(items)
    chosen = dated[:THINGS]
    more = len(dated) - len(chosen)
    taken = {thing.item for thing in chosen}
    rest = [thing for thing in _without_a_day(items) if thing.item not in taken]
    chosen += _that_fit(rest, hours - sum(thing.hours for thing in chosen), THINGS - len(chosen), hours)
    return Week(chosen, hours, more)


def _with_a_day(items: Items) -> list[Thing]:
    """What has a day in this week or is overdue, each item once: first the days that others set."""
    today = timezone.localdate()
    near = [dated for dated in all_dates(items) if not dated.past and dated.days <= DAYS]
    near.sort(key=lambda dated: (not _is_set_by_others(dated), dated.on, dated.item.added_at, dated.text))
    things: dict[PlanItem, Thing] = {}
    for dated in near:
        hours = _hours(dated.item)[0] if isinstance(dated.item, Task) else 1
        thing = Thing(dated.item, dated.text, _reason_of_day(dated, today), dated.on, dated.overdue, hours)
        things.setdefault(dated.item, thing)
    return list(things.values())


def _is_set_by_others(dated: PlanDate) -> bool:
    """Whether it is a day to come that the person cannot move."""
    return dated.days >= 0 and (dated.field == "closes_on" or not dated.action)


def _reason_of_day(dated: PlanDate, today: date) -> str:
    """Say in a sentence why its day asks for it now."""
    day = date_format(dated.on, "MONTH_DAY_FORMAT")
    if dated.field == "closes_on" and dated.overdue:
        return _("It closed on %(day)s: see whether it is still open, or mark it as withdrawn.") % {"day": day}
    if dated.overdue:
        return _("You wanted it done by %(day)s.") % {"day": day}
    if dated.field == "closes_on":
        return _("It closes then, and nothing is sent yet.")
    if isinstance(dated.item, FollowUp):
        return dated.item.why_worth
    if dated.field == "interview_on" or isinstance(dated.item, Interview):
        return _("The interview is then: practice your answers before.")
    if isinstance(dated.item, Event):
        return _("It is one of your dates.")
    if dated.on == today:
        return _("You wanted it done today.")
    return _("You want it done by then.")


def _hours(task: Task) -> tuple[int, int]:
    """About how many hours it takes, from and to."""
    return task.hours or (HOURS_UNKNOWN, HOURS_UNKNOWN)


def _without_a_day(items: Items) -> list[Thing]:
    """What has no day in this week, what opens most first: of equal ones, what takes fewer hours."""
    tasks = [task for kind, rows in items.items() if issubclass(kind.model, Task) for task in _candidates(rows)]
    things = [Thing(task, task.name, reason, hours=_hours(task)[0], worth=worth) for task, worth, reason in tasks]
    things += [thing for application in items_of(items, Application) if (thing := _of_application(application))]
    things += [
        Thing(item, *step, hours=HOURS_TO_LOOK)
        for rows in items.values()
        for item in rows
        if (step := item.next_step())
    ]
    return sorted(things, key=lambda thing: (-thing.worth, *_place(thing), thing.item.added_at, thing.item.pk))


def _place(thing: Thing) -> tuple[bool, int]:
    """Of things that open as much: what is to be looked into last, then what takes fewer hours."""
    return not isinstance(thing.item, Task | Application), thing.hours


def _candidates(rows: Sequence[PlanItem]) -> list[tuple[Task, int, str]]:
    """The tasks of one kind that can be begun, with what each opens and that in words.

    Of tasks that come in an order only the first open one of each career can.
    """
    still = [task for task in rows if isinstance(task, Task) and not task.done_on and not task.waits_for_its_day]
    result, begun = [], set()
    for task in still:
        if not task.in_order:
            result.append((task, task.worth, task.why_worth or _("It is open in your plan.")))
        elif task.career not in begun:
            begun.add(task.career)
            after = sum(1 for other in still if other.career == task.career) - 1
            result.append((task, after + 1, _reason_of_order(task, after)))
    return result


def _reason_of_order(task: Task, after: int) -> str:
    if not after:
        return _("The last open step to %(career)s.") % {"career": task.career_name}
    return ngettext(
        "The next step to %(career)s: %(count)d more comes after it.",
        "The next step to %(career)s: %(count)d more come after it.",
        after,
    ) % {"career": task.career_name, "count": after}


def _of_application(application: Application) -> Thing | None:
    """What an application asks for that has no open day of its own."""
    if any(dated.is_next for dated in application.all_dates()):
        return None
    if application.status == Application.Status.SAVED:
        day = date_format(timezone.localtime(application.added_at), "MONTH_DAY_FORMAT")
        why = _("You saved it on %(day)s, and nothing is sent yet.") % {"day": day}
        name = _("Apply: %(post)s") % {"post": application}
    elif application.status == Application.Status.OFFER:
        name, why = _("Answer the offer: %(post)s") % {"post": application}, _("An offer does not wait for long.")
    else:
        return None
    return Thing(application, name, why, hours=HOURS_TO_APPLY, worth=WORTH_OF_APPLYING)


def _that_fit(things: Sequence[Thing], left: int, most: int, a_week: int) -> list[Thing]:
    """Return at most `most` of the things for the hours that are left: first what fits whole, then what is begun."""
    chosen: list[Thing] = []
    for thing in things:
        if len(chosen) < most and thing.hours <= left:
            chosen.append(thing)
            left -= thing.hours
    for thing in things:
        if len(chosen) < most and left > 0 and thing not in chosen:
            chosen.append(_begun(thing, a_week))
            left -= thing.hours
    return chosen


def _begun(thing: Thing, a_week: int) -> Thing:
    """The thing with a word on how many weeks it takes."""
    weeks = -(-thing.hours // a_week)
    begin = ngettext(
        "Begin it: it takes %(weeks)d week or more at this pace.",
        "Begin it: it takes %(weeks)d weeks or more at this pace.",
        weeks,
    ) % {"weeks": weeks}
    return Thing(thing.item, thing.name, f"{thing.why} {begin}", hours=thing.hours, worth=thing.worth)
