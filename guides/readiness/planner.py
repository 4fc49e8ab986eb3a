"""When each stage of a route begins and ends, for someone with so many hours a week from a day on.

A route is made of stages. One begins when those before it have ended, or together with the one before it ("beside");
what runs beside shares the person's hours. A stage takes its hours at the person's hours a week, and never less than
its least time on the calendar; one of college terms begins with a term, and a term holds its weeks' hours and no more.
Stages of no route of their own unlock every route, those that are needed first unlock their own: they come first. What
comes after being hired is past the end of the route.

There are two passes: the earliest day, and the more likely one. The guide's shortest time for a route holds for the
earliest, its longest for the likely one, each in the share of the route that lies ahead: who has half of it behind them
has half of these months before them. Where a route ends in training on the job, its months are those of the training.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from guides.models import Guide, Route

from . import terms
from .models import Stage

# What a term counts for on the calendar where stages are weighed against each other: two fill a year.
WEEKS_OF_TERM = 26


@dataclass
class DatedStage:
    """A stage with its first day and the day it is done, at the earliest and more likely; None where nobody can say."""

    title: str
    start: date
    end: date | None
    likely_start: date
    likely_end: date | None
    stage: Stage | None = None
    text: str = ""
    is_beside: bool = False
    # The day from which on it could have begun, had it not to wait for a term.
    ready: date | None = None

    @property
    def unlocks(self) -> bool:
        return self.stage is not None and self.stage.unlocks

    @property
    def has_range(self) -> bool:
        """Whether the likely end is another day than the earliest."""
        return self.likely_end != self.end

    @property
    def waits_for_term(self) -> bool:
        """Whether its term begins two weeks or more after it could begin."""
        return self.ready is not None and not self.is_beside and (self.start - self.ready).days >= 14


@dataclass
class Timeline:
    """The stages of a route with their dates: at the end of it on `end` at the earliest, on `likely` more likely."""

    stages: list[DatedStage]
    start: date
    end: date | None
    likely: date | None
    # What comes after being hired.
    training: list[DatedStage] = field(default_factory=list)
    hours: int = 0
    # How much of the route lies ahead, out of all of it.
    ahead: int = 1
    whole: int = 1
    months_are_training: bool = False
    kept_by_guide: bool = False
    waits_for_calendar: bool = False
    is_longer_than_guide: bool = False

    @property
    def unlocking(self) -> list[DatedStage]:
        """The stages that must be done before the route is open."""
        return [dated for dated in self.stages if dated.unlocks]

    @property
    def years(self) -> int:
        """Whole years from the start to the earliest end, the last one counted from its half on."""
        return round((self.end - self.start).days / 365.25) if self.end else 0

    @property
    def is_partly_done(self) -> bool:
        return self.ahead < self.whole


@dataclass(frozen=True)
class Pace:
    """How fast one goes: hours a week, and whether stages take what is likely or the least."""

    hours_a_week: int
    is_likely: bool = False

    def weeks(self, stage: Stage) -> int:
        """The weeks that a stage takes on the calendar whatever the hours."""
        return max(stage.least_weeks, stage.likely_weeks) if self.is_likely else stage.least_weeks


@dataclass(frozen=True)
class Span:
    """When a group of stages could begin, begins, and ends."""

    ready: date
    start: date
    end: date


Group = list[Stage]


def schedule(guide: Guide, route: Route, hours_a_week: int, start: date, chosen: Collection[str] = ()) -> Timeline:
    """Return the Timeline of `route` for someone with so many hours a week from `start` on and the answers `chosen`."""
    parts = Parts.of(guide, route)
    first, groups = ahead_of(parts.unlocking, chosen), ahead_of(parts.own, chosen)
    earliest, likely = Pace(hours_a_week), Pace(hours_a_week, is_likely=True)
    unlocked, later = spans(first, earliest, start), spans(first, likely, start)
    opens, opens_likely = closing(unlocked, start), closing(later, start)
    unlocking = dated(first, unlocked, later)
    hours = sum(stage.hours for group in [*first, *groups] for stage in group)
    if not parts.own and not parts.trained:
        timeline = from_months(route, opens, opens_likely)
        timeline.stages, timeline.start, timeline.hours = [*unlocking, *timeline.stages], start, hours
        return timeline
    own, own_likely = spans(groups, earliest, opens), spans(groups, likely, opens_likely)
    timeline = Timeline(
        [*unlocking, *dated(groups, own, own_likely)],
        start,
        closing(own, opens),
        closing(own_likely, opens_likely),
        hours=hours,
        ahead=sum(map(worth, groups)),
        whole=sum(map(worth, parts.own)),
        months_are_training=bool(parts.trained),
    )
    timeline.waits_for_calendar = any(
        span.end - span.ready > timedelta(days=days_of(group, hours_a_week))
        for group, span in zip([*first, *groups], [*unlocked, *own], strict=True)
    )
    hold_to_guide(timeline, route, opens, opens_likely)
    wait_for_term_at_work(timeline, parts.trained)
    timeline.training = training(ahead_of(parts.trained, chosen), timeline, earliest, likely)
    return timeline


@dataclass(frozen=True)
class Parts:
    """All stages of a route, in groups that run together: what unlocks it, its own, and what follows the hiring."""

    unlocking: list[Group]
    own: list[Group]
    trained: list[Group]

    @classmethod
    def of(cls, guide: Guide, route: Route) -> "Parts":
        rows = [stage for stage in guide.route_stages.all() if stage.route in ("", route.slug)]
        return cls(
            grouped(stage for stage in rows if stage.unlocks),
            grouped(stage for stage in rows if not stage.unlocks and not stage.is_after_hiring),
            grouped(stage for stage in rows if not stage.unlocks and stage.is_after_hiring),
        )


def grouped(stages: Iterable[Stage]) -> list[Group]:
    """Return stages that run together as groups, in order."""
    groups: list[Group] = []
    for stage in stages:
        if groups and stage.is_beside:
            groups[-1].append(stage)
        else:
            groups.append([stage])
    return groups


def ahead_of(groups: list[Group], chosen: Collection[str]) -> list[Group]:
    """Return the groups with the stages that someone who gave the answers `chosen` (slugs) has before them."""
    left = ([stage for stage in group if stage.is_for(chosen)] for group in groups)
    return [group for group in left if group]


def worth(group: Group) -> int:
    """How much of a route a group is, in weeks of calendar."""
    return max(max(stage.least_weeks, stage.terms * WEEKS_OF_TERM, 1) for stage in group)


def days_of(group: Group, hours_a_week: int) -> int:
    """How many days a group's hours take."""
    return -(-sum(stage.hours for stage in group) * 7 // hours_a_week)


def spans(groups: Iterable[Group], pace: Pace, start: date) -> list[Span]:
    """Return the Span of each group, one after the other from `start` on."""
    result: list[Span] = []
    ready = start
    for group in groups:
        begins = terms.next_term(ready) if any(stage.terms for stage in group) else ready
        result.append(Span(ready, begins, end_of(group, begins, pace)))
        ready = result[-1].end
    return result


def end_of(group: Group, begins: date, pace: Pace) -> date:
    """The day on which a group that begins on a day is done: its hours, its least time and its terms all over."""
    calendar = terms.after(begins, max(pace.weeks(stage) for stage in group) * 7)
    if least := max(stage.terms for stage in group):
        hours = sum(stage.hours for stage in group)
        by_hours = -(-hours // (terms.WEEKS * pace.hours_a_week))
        return max(calendar, terms.end_of_terms(begins, max(least, by_hours)))
    return max(calendar, terms.after(begins, days_of(group, pace.hours_a_week)))


def closing(reached: list[Span], start: date) -> date:
    """The day on which the last of the spans ends; `start` where there is none."""
    return reached[-1].end if reached else start


def dated(groups: list[Group], earliest: list[Span], likely: list[Span]) -> list[DatedStage]:
    """Return each stage of the groups with the days of its group."""
    return [
        DatedStage(
            stage.title,
            soon.start,
            own_end(stage, group, soon),
            late.start,
            own_end(stage, group, late, is_likely=True),
            stage,
            stage.text,
            is_beside=stage is not group[0],
            ready=soon.ready,
        )
        for group, soon, late in zip(groups, earliest, likely, strict=True)
        for stage in group
    ]


def own_end(stage: Stage, group: Group, span: Span, is_likely: bool = False) -> date:
    """The day a stage of a group ends: what shares the hours ends with the group, a job or waiting by its own weeks."""
    if stage.setting != Stage.Setting.WORK or stage.terms or len(group) == 1:
        return span.end
    return terms.after(span.start, Pace(1, is_likely).weeks(stage) * 7)


def hold_to_guide(timeline: Timeline, route: Route, opens: date, opens_likely: date) -> None:
    """Let a route end no earlier than the guide's shortest time for what lies ahead, and likely by its longest."""
    if timeline.end is None or timeline.likely is None or timeline.months_are_training:
        return
    part = timeline.ahead, timeline.whole
    own = [dated for dated in timeline.stages if not dated.unlocks]
    if route.months_from is not None and own:
        shortest = terms.share_of_months(opens, route.months_from, *part)
        timeline.kept_by_guide = shortest > timeline.end
        stretch(own, timeline, max(timeline.end, shortest))
    if route.months_to is not None and own:
        longest = terms.share_of_months(opens_likely, route.months_to, *part)
        timeline.is_longer_than_guide = (
            timeline.end > terms.add_months(opens, route.months_to) and not timeline.is_partly_done
        )
        timeline.likely = max(timeline.likely, longest)
    timeline.likely = max(timeline.likely, timeline.end)
    if own:
        last_start, last = own[-1].start, own[-1].likely_end
        for each in own:
            if each.start == last_start and each.likely_end == last:
                each.likely_end = timeline.likely


def stretch(own: list[DatedStage], timeline: Timeline, end: date) -> None:
    """Let the last stage, and what runs beside it, go on until `end`."""
    last_start = own[-1].start
    for each in own:
        if each.start == last_start and each.end == timeline.end:
            each.end = end
    timeline.end = end


def wait_for_term_at_work(timeline: Timeline, trained: list[Group]) -> None:
    """Let a route end on the day on which a term begins, where the job itself is one of terms.

    What comes right before it is done in the weeks before that day.
    """
    if timeline.end is None or timeline.likely is None or not trained or not any(stage.terms for stage in trained[0]):
        return
    sooner, later = terms.next_term(timeline.end), terms.next_term(timeline.likely)
    moved, moved_likely = sooner - timeline.end, later - timeline.likely
    own = [dated for dated in timeline.stages if not dated.unlocks]
    last_start = own[-1].start if own else None
    for each in own:
        if each.start == last_start and each.end and each.likely_end:
            each.start, each.end = each.start + moved, each.end + moved
            each.likely_start = max(each.start, each.likely_start + moved_likely)
            each.likely_end += moved_likely
            each.ready = each.start
    timeline.waits_for_calendar = timeline.waits_for_calendar or bool(moved)
    timeline.end, timeline.likely = sooner, later


def training(groups: list[Group], timeline: Timeline, earliest: Pace, likely: Pace) -> list[DatedStage]:
    """Return the stages after being hired, from the end of the route on."""
    if timeline.end is None or timeline.likely is None:
        return []
    return dated(groups, spans(groups, earliest, timeline.end), spans(groups, likely, timeline.likely))


def from_months(route: Route, opens: date, opens_likely: date) -> Timeline:
    """Return the Timeline of a route of which only the months are known, or not even these."""
    end = None if route.months_from is None else terms.add_months(opens, route.months_from)
    latest = end if route.months_to is None else terms.add_months(opens_likely, route.months_to)
    end = end or latest
    text = _("How its hours are spread is up to you.")
    return Timeline([DatedStage(route.name, opens, end, opens_likely, latest, text=text)], opens, end, latest)
