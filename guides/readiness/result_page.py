"""What the page of a readiness result shows: every part with the reason for it."""

from dataclasses import dataclass
from typing import Any

from guides.models import Guide, Section, Step
from guides.reading import reader
from guides.registry.tools import TOOLS, Tool

from . import check, deadline, drawing, fitting, reasons, skills_gap, sooner
from .models import Option, Stage
from .timeline import DatedStage

OTHERS_SHOWN = 3
# So many stages of a long route are open on a phone; the rest is folded.
STAGES_OPEN = 2
# The section of a guide that says who may pay, the fuller one first.
WHO_MAY_PAY = ("who-may-pay", "what-it-costs")


@dataclass(frozen=True)
class ShownStage:
    """A stage: with what it is done with, and why it stands there."""

    dated: DatedStage
    why: reasons.Why
    tool: Tool | None


@dataclass(frozen=True)
class ShownChange:
    """An answer that can become better: in how many weeks, where the guide says more, with which tool, and why."""

    answer: check.Answer
    weeks: int | None
    step: Step | None
    tool: Tool | None
    why: reasons.Why


@dataclass(frozen=True)
class ShownArea:
    """An area of the score, and why its bar is as long as it is."""

    score: check.AreaScore
    why: reasons.Why


@dataclass(frozen=True)
class ShownWay:
    """Another route, and why it comes after the one that fits."""

    fit: fitting.Fit
    why: reasons.Why


def score_context(
    reading: reader.Reading, outcome: check.CheckResult, ways: fitting.Ways, means: fitting.Means
) -> dict[str, Any]:
    """What the page says of the score, and of what would change it."""
    fit = ways.best
    blocking = fitting.blocking(fit, outcome)
    changes = outcome.changes(fitting.needed(fit, outcome))
    return {
        "blocking": blocking,
        "areas": [ShownArea(area, reasons.score.of_area(area)) for area in outcome.areas],
        "changes": shown_changes(changes, reading, fit, means),
        "waiting": shown_changes(outcome.waiting, reading, fit, means),
        "to_find_out": shown_changes(outcome.to_find_out, reading, fit, means),
        "score_after": outcome.score_after(changes),
        "why_score": reasons.score.of_score(outcome, blocking),
    }


def route_context(reading: reader.Reading, outcome: check.CheckResult, ways: fitting.Ways) -> dict[str, Any]:
    """What the page says of the route that fits, and of the others."""
    fit = ways.best
    if fit is None:
        return {}

    def explained(dated: list[DatedStage]) -> list[ShownStage]:
        return [
            ShownStage(one, reasons.route.of_stage(one, fit.means, outcome), tool_of(one.stage, reading.guide))
            for one in dated
        ]

    stages = explained(fit.timeline.stages)
    open_stages = len(stages) if len(stages) <= STAGES_OPEN + 1 else STAGES_OPEN
    wanted = deadline.of(reading, outcome, ways, fit.means.wanted)
    related = sooner.related(reading.guide, fit)
    others = [*ways.others[:OTHERS_SHOWN], *ways.others_beyond]
    return {
        "fit": fit,
        "timeline": fit.timeline,
        "stages": stages[:open_stages],
        "later_stages": stages[open_stages:],
        "training": explained(fit.timeline.training),
        "drawing": drawing.draw(fit.timeline),
        "deadline": wanted,
        "why_deadline": reasons.route.of_deadline(wanted) if wanted else None,
        "quicker": fitting.quicker(reading, outcome, ways),
        "sooner": related,
        "why_sooner": reasons.route.of_sooner(related) if related else None,
        "other_ways": [ShownWay(other, reasons.route.of_other(other, fit)) for other in others],
        "paying": who_may_pay(reading) if ways.beyond else None,
        "why_route": reasons.route.of_route(fit),
        "why_end": reasons.route.of_end(fit),
        "why_cost": reasons.route.of_cost(fit),
        "why_quicker": reasons.route.of_quicker(fit),
    }


def tool_of(row: Option | Stage | None, guide: Guide) -> Tool | None:
    """The tool of the site that an answer's advice, or a stage, is done with; None where it is empty in this guide."""
    tool = TOOLS.get(row.tool) if row else None
    return tool if tool and tool.has_content(guide) else None


def who_may_pay(reading: reader.Reading) -> Section | None:
    """The section of the guide that says who may pay, or None where it has none."""
    sections = {section.slug: section for section in reading.all_sections()}
    return next((sections[slug] for slug in WHO_MAY_PAY if slug in sections), None)


def shown_changes(
    changes: list[check.Answer], reading: reader.Reading, fit: fitting.Fit | None, means: fitting.Means
) -> list[ShownChange]:
    """Return each answer that can change with its time, the guide's step and the tool."""
    steps = skills_gap.by_slug(reading, "steps")
    return [
        ShownChange(
            answer,
            fitting.weeks_of(answer, fit, means.hours_a_week),
            steps.get(answer.option.step),
            tool_of(answer.option, reading.guide),
            reasons.score.of_change(answer),
        )
        for answer in changes
    ]
