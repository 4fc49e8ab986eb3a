"""When each stage of a route begins and ends, for someone with so many hours a week from a day on.

A route is made of stages. One begins when those before it have ended, or together with the one before it ("beside");
what runs beside shares the person's hours. Stages of no route of their own unlock every route, those that are needed
first unlock their own: they come first. What needs no diploma, and stands before everything that does, runs meanwhile
(meanwhile.py). What comes after being hired is past the end of the route.

There are two passes: the earliest day, and the more likely one. The guide's shortest time for a route holds for the
earliest, its longest for the likely one, each in the share of the route that lies ahead: who has half of it behind them
has half of these months before them. Where a route ends in training on the job, its months are those of the training.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from django.utils.translation import gettext as _

from guides.models import Guide, Route

from . import terms
from .meanwhile import side_by_side
from .models import Stage
from .stretches import Group, Pace, Span, ahead_of, closing, grouped, spans, worth
from .timeline import DatedStage, Timeline


def schedule(guide: Guide, route: Route, hours_a_week: int, start: date, chosen: Collection[str] = ()) -> Timeline:
    """Return the Timeline of `route` for someone with so many hours a week from `start` on and the answers `chosen`."""
    whole, parts = Parts.of(guide, route), Parts.of(guide, route, chosen)
    earliest, likely = Pace(hours_a_week), Pace(hours_a_week, is_likely=True)
    sooner, later = parts.dated_from(start, earliest), parts.dated_from(start, likely)
    stages = dated(parts.in_order, sooner.in_order, later.in_order)
    mark_meanwhile(stages, parts)
    hours = sum(each.stage.hours for each in stages if each.stage)
    if not whole.own and not whole.trained:
        timeline = from_months(route, sooner.opens, later.opens)
        timeline.stages, timeline.start, timeline.hours = [*stages, *timeline.stages], start, hours
        return timeline
    timeline = Timeline(
        stages,
        start,
        sooner.end,
        later.end,
        hours=hours,
        ahead=sum(map(worth, parts.own)),
        whole=sum(map(worth, whole.own)),
        months_are_training=bool(whole.trained),
        waits_for_calendar=any(span.is_by_calendar for span in sooner.in_order),
    )
    hold_to_guide(timeline, route, sooner, later, sum(map(worth, parts.waiting)))
    wait_for_term_at_work(timeline, whole.trained)
    timeline.training = training(parts.trained, timeline, earliest, likely)
    return timeline


@dataclass(frozen=True)
class Parts:
    """The stages of a route, in groups that run together.

    What comes `first`, for all routes or this one; what needs none of that and runs `meanwhile`; what is `waiting` for
    both; and what follows the hiring.
    """

    first: list[Group]
    meanwhile: list[Group]
    waiting: list[Group]
    trained: list[Group]

    @classmethod
    def of(cls, guide: Guide, route: Route, chosen: Collection[str] | None = None) -> "Parts":
        """The stages of a route that someone who gave the answers `chosen` (slugs) has before them; else all."""
        rows = [stage for stage in guide.route_stages.all() if stage.route in ("", route.slug)]

        def groups(stages: Iterable[Stage]) -> list[Group]:
            return grouped(stages) if chosen is None else ahead_of(grouped(stages), chosen)

        first = groups(stage for stage in rows if stage.unlocks and not stage.can_be_meanwhile)
        required = groups(stage for stage in rows if stage.unlocks and stage.can_be_meanwhile)
        own = groups(stage for stage in rows if not stage.unlocks and not stage.is_after_hiring)
        trained = groups(stage for stage in rows if not stage.unlocks and stage.is_after_hiring)
        if any(stage.terms for group in first for stage in group):
            return cls([*first, *required], [], own, trained)  # terms leave no hours to share
        leading = list(takewhile(lambda group: all(stage.can_be_meanwhile for stage in group), own))
        return cls(first, [*required, *leading], own[len(leading) :], trained)

    @property
    def in_order(self) -> list[Group]:
        """All of it until the hiring."""
        return [*self.first, *self.meanwhile, *self.waiting]

    @property
    def own(self) -> list[Group]:
        """What the route itself is made of, without what unlocks it."""
        return [group for group in [*self.meanwhile, *self.waiting] if not group[0].unlocks]

    def dated_from(self, start: date, pace: Pace) -> "Dates":
        """When each group begins and ends."""
        first, meanwhile = side_by_side(self.first, self.meanwhile, pace, start)
        if any(stage.terms for group in self.first for stage in group):
            first = spans(self.first, pace, start)
        opens = max(closing(first, start), closing(meanwhile, start))
        waiting = spans(self.waiting, pace, opens)
        return Dates([*first, *meanwhile, *waiting], start, opens, closing(waiting, opens))


@dataclass(frozen=True)
class Dates:
    """When the groups of a route begin and end; when all that what waits needs is done, and when all of it."""

    in_order: list[Span]
    start: date
    opens: date
    end: date


def dated(groups: list[Group], earliest: list[Span], likely: list[Span]) -> list[DatedStage]:
    """Return each stage of the groups with the days of its group, the likelier ones never before the earliest.

    (A job that more likely takes longer leaves its hours to what runs beside it, which is then done sooner.)
    """
    return [
        DatedStage(
            stage.title,
            soon.start,
            own_end(stage, group, soon),
            max(soon.start, late.start),
            max(own_end(stage, group, soon), own_end(stage, group, late, is_likely=True)),
            stage,
            stage.text,
            is_beside=stage is not group[0],
            ready=soon.ready,
        )
        for group, soon, late in zip(groups, earliest, likely, strict=True)
        for stage in group
    ]


def own_end(stage: Stage, group: Group, span: Span, is_likely: bool = False) -> date:
    """The day a stage of a group ends: a job or waiting by its own weeks, the rest with the hours that they share."""
    if len(group) == 1 or stage.terms:
        return span.end
    own = terms.after(span.start, Pace(1, is_likely).weeks(stage) * 7)
    if stage.setting == Stage.Setting.WORK:
        return own
    return span.end if any(other.terms for other in group) else min(span.end, max(own, span.worked))


def mark_meanwhile(stages: list[DatedStage], parts: Parts) -> None:
    """Say of each stage whether it runs beside what comes first, and whether it shares the hours with that."""
    first, meanwhile = ([stage for group in groups for stage in group] for groups in (parts.first, parts.meanwhile))
    both = any(stage.hours for stage in first) and any(stage.hours for stage in meanwhile)
    for dated in stages:
        dated.is_meanwhile = bool(first) and dated.stage in meanwhile
        dated.shares_hours = both and dated.stage in [*first, *meanwhile] and bool(dated.stage and dated.stage.hours)


def hold_to_guide(timeline: Timeline, route: Route, sooner: Dates, later: Dates, waiting: int) -> None:
    """Let a route end no earlier than the guide's shortest time for what lies ahead, and likely by its longest.

    From the start on that is the share of all that lies ahead, from the opening on the share that is `waiting` for it.
    """
    if timeline.end is None or timeline.likely is None or timeline.months_are_training:
        return
    own = [dated for dated in timeline.stages if not dated.unlocks]

    def held(months: int, dates: Dates) -> date:
        from_start = terms.share_of_months(dates.start, months, timeline.ahead, timeline.whole)
        return max(from_start, terms.share_of_months(dates.opens, months, waiting, timeline.whole))

    if route.months_from is not None and own:
        shortest = held(route.months_from, sooner)
        timeline.kept_by_guide = shortest > timeline.end
        stretch(own, timeline, max(timeline.end, shortest))
    if route.months_to is not None and own:
        timeline.is_longer_than_guide = (
            timeline.end > terms.add_months(own[0].start, route.months_to) and not timeline.is_partly_done
        )
        timeline.likely = max(timeline.likely, held(route.months_to, later))
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
