"""Which route fits: open or not, how many answers speak for it, what it costs, and when it would be done."""

from dataclasses import dataclass, field
from datetime import date

from guides.models import Route, Source
from guides.reading.reader import Reading

from . import planner, skills_gap
from .check import Answer, CheckResult
from .models import Stage
from .stretches import Group
from .timeline import DatedStage, Timeline

# A plan that takes so many years is none: the result says so before anything else. Beyond a lifetime it has no days.
FAR_YEARS = 6
LIFETIME = 60
# Hours a week to hold against the person's own, and by how many days an end must come nearer to be worth a sentence.
OTHER_HOURS = (5, 10, 20, 30, 40)
NEARER = 56
MOST_QUICKER = 3


@dataclass(frozen=True)
class Means:
    """What a person has for a way into a job: hours a week, a first day, money in US dollars (None: any sum).

    And the day by which they want to be in it, where they named one.
    """

    hours_a_week: int
    start: date
    budget: int | None = None
    wanted: date | None = None


@dataclass(frozen=True)
class CostLine:
    """What one stage costs; the ends are None where unknown, the source None for our own estimate."""

    title: str
    low: int | None
    high: int | None
    note: str
    source: Source | None

    @property
    def is_unknown(self) -> bool:
        return self.low is None and self.high is None


@dataclass(frozen=True)
class Cost:
    """What a route costs from here on, stage by stage."""

    lines: list[CostLine] = field(default_factory=list)

    @property
    def known(self) -> list[CostLine]:
        return [line for line in self.lines if not line.is_unknown]

    @property
    def unknown(self) -> list[CostLine]:
        return [line for line in self.lines if line.is_unknown]

    @property
    def low(self) -> int:
        return sum(line.low or 0 for line in self.lines)

    @property
    def high(self) -> int | None:
        """The upper end, or None where a stage's is not known."""
        if any(line.high is None for line in self.lines):
            return None
        return sum(line.high or 0 for line in self.lines)


@dataclass
class Fit:
    """A route for one person: the answers that speak for it, its dates, its cost."""

    route: Route
    answers: list[Answer]
    timeline: Timeline
    cost: Cost
    means: Means
    # Whether the answers make unnecessary what the route is about: what is left of it is applying.
    is_behind: bool = False
    # 0: of the routes that fit, 1: one whose certificate or degree is there already, 2: one that gives another.
    standing: int = 0

    @property
    def votes(self) -> int:
        return len(self.answers)

    @property
    def needs_more(self) -> bool:
        """Whether the route asks for something first, beyond what every route needs."""
        return any(dated.stage and dated.stage.is_requirement for dated in self.timeline.stages)

    @property
    def is_too_dear(self) -> bool:
        return self.means.budget is not None and self.cost.low > self.means.budget

    @property
    def lacking(self) -> int:
        """By how many dollars it costs more than there is, at the least."""
        return max(0, self.cost.low - (self.means.budget or 0))

    @property
    def may_cost_more(self) -> bool:
        """Whether its cost may be beyond the budget, though its lower end is not."""
        if self.means.budget is None or self.is_too_dear:
            return False
        return self.cost.high is None or self.cost.high > self.means.budget

    @property
    def is_far(self) -> bool:
        """Whether its end is so far off that nobody should plan by it."""
        return self.timeline.years >= FAR_YEARS

    @property
    def is_beyond_a_lifetime(self) -> bool:
        return self.timeline.years >= LIFETIME

    @property
    def order(self) -> tuple[bool, int, int, date]:
        """Open routes first; who has a certificate applies with it; then what more answers speak for, then the end."""
        return self.needs_more, self.standing, -self.votes, self.timeline.end or date.max


@dataclass(frozen=True)
class Quicker:
    """What would bring the end nearer: other hours a week, or another route, with the end it gives."""

    end: date
    hours_a_week: int | None = None
    route: Route | None = None

    def is_far_from(self, start: date) -> bool:
        return (self.end - start).days > FAR_YEARS * 365


@dataclass
class Ways:
    """All routes of a guide for one person, best first: those within the budget, and those beyond it."""

    within: list[Fit]
    beyond: list[Fit]

    @property
    def best(self) -> Fit | None:
        """The route to show; one beyond the budget where there is no other."""
        return next(iter([*self.within, *self.beyond]), None)

    @property
    def others(self) -> list[Fit]:
        """The other routes within the budget that still lead somewhere."""
        return [fit for fit in self.within[1:] if not fit.is_behind]

    @property
    def others_beyond(self) -> list[Fit]:
        return [fit for fit in self.beyond if fit is not self.best and not fit.is_behind]


def cost_of(reading: Reading, route: Route, timeline: Timeline) -> Cost:
    """Return what the stages of a timeline cost; the route's own sum where none of its stages has one."""
    stages = [dated.stage for dated in [*timeline.stages, *timeline.training] if dated.stage]
    lines = [
        CostLine(stage.title, stage.cost_from, stage.cost_to, stage.cost_note, stage.cost_source)
        for stage in stages
        if stage.has_cost
    ]
    priced = any(stage.has_cost for stage in reading.guide.route_stages.all() if stage.route == route.slug)
    if not priced and (route.cost_from is not None or route.cost_to is not None):
        lines.append(CostLine(route.name, route.cost_from, route.cost_to, "", route.source))
    return Cost(lines)


def main_stages(groups: list[Group]) -> Group:
    """The stages that a route is about: the last of its college terms, else those that take the most hours."""
    taught = [[stage for stage in group if stage.terms] for group in groups]
    if last := [group for group in taught if group][-1:]:
        return last[0]
    stages = [stage for group in groups for stage in group]
    most = max((stage.hours for stage in stages), default=0)
    return [stage for stage in stages if most and stage.hours * 2 >= most]


def settling(route: Route, main: list[Stage], result: CheckResult) -> list[Answer]:
    """The answers that make the main stages of a route unnecessary; none where they are still ahead.

    Nor where one of these answers speaks for the route: then it is the editor's way for who is there already.
    """
    if not main or any(stage.is_for(result.chosen) for stage in main):
        return []
    called = {slug for stage in main for slug in stage.only_for.split()}
    answers = [
        answer for answer in result.answers if called & {option.slug for option in answer.question.options.all()}
    ]
    return [] if any(route.slug in answer.option.route_slugs() for answer in answers) else answers


def ways(reading: Reading, result: CheckResult, means: Means) -> Ways:
    """Return the Ways into the job of a guide for someone with these answers and means."""
    fits: list[Fit] = []
    held: list[Answer] = []
    for route in skills_gap.by_slug(reading, "routes").values():
        timeline = planner.schedule(reading.guide, route, means.hours_a_week, means.start, result.chosen)
        speaking = [answer for answer in result.answers if route.slug in answer.option.route_slugs()]
        main = main_stages(planner.Parts.of(reading.guide, route).own)
        settled = settling(route, main, result)
        fits.append(Fit(route, speaking, timeline, cost_of(reading, route, timeline), means, bool(settled)))
        held += settled if any(stage.terms for stage in main) else []
    # Who has what a course gives goes the way that this answer speaks for, or applies with it: not to another course.
    wanted = {slug for answer in held for slug in answer.option.route_slugs()}
    for fit in fits if held else []:
        fit.standing = 1 if fit.is_behind else 0 if fit.route.slug in wanted else 2
    fits.sort(key=lambda fit: fit.order)
    return Ways([fit for fit in fits if not fit.is_too_dear], [fit for fit in fits if fit.is_too_dear])


def quicker(reading: Reading, result: CheckResult, all_ways: Ways) -> list[Quicker]:
    """Return what would bring the end of the route that fits nearer by eight weeks or more: hours, another route."""
    fit = all_ways.best
    if fit is None or fit.timeline.end is None:
        return []
    offers: list[Quicker] = []
    end = fit.timeline.end
    for hours in OTHER_HOURS:
        if hours <= fit.means.hours_a_week:
            continue
        other = planner.schedule(reading.guide, fit.route, hours, fit.means.start, result.chosen).end
        if other and (end - other).days >= NEARER:
            offers.append(Quicker(other, hours_a_week=hours))
            end = other
    while len(offers) > MOST_QUICKER or (len(offers) > 1 and offers[0].is_far_from(fit.means.start)):
        offers.pop(0)
    open_ways = [other for other in all_ways.others if not other.needs_more and other.timeline.end]
    first = min(open_ways, key=lambda other: other.timeline.end or date.max, default=None)
    if first and first.timeline.end and (fit.timeline.end - first.timeline.end).days >= NEARER:
        offers.append(Quicker(first.timeline.end, route=first.route))
    return offers


def needed(fit: Fit | None, result: CheckResult) -> frozenset[str]:
    """The short names of the answers for which the route is closed until they are better."""
    if fit is None:
        return frozenset()
    return frozenset(
        slug for dated in fit.timeline.unlocking if dated.stage for slug in dated.stage.calling(result.chosen)
    )


def blocking(fit: Fit | None, result: CheckResult) -> list[DatedStage]:
    """The stages that stand before any application: what unlocks the route, and what only time brings."""
    if fit is None:
        return []
    waiting = {answer.option.slug for answer in result.waiting}
    return [
        dated
        for dated in fit.timeline.stages
        if dated.stage and (dated.unlocks or waiting & set(dated.stage.calling(result.chosen)))
    ]


def weeks_of(answer: Answer, fit: Fit | None, hours_a_week: int) -> int | None:
    """In how many weeks the advice of an answer is followed: as long as the stage of the route that does the same."""
    slug = answer.option.slug
    for dated in fit.timeline.stages if fit else []:
        same = dated.stage and slug in dated.stage.only_for.split() and dated.stage.hours == answer.option.hours
        if same and dated.weeks and not dated.is_beside:
            return dated.weeks
    return answer.weeks(hours_a_week)
