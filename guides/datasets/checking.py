"""Every figure that readers see, held against imported data and the calendar."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from guides import formats
from guides.models import Observation
from guides.reading import reader

from .comparison import NEWER, OTHER, HeldFigure, hold

AGREES, NOT_COMPARED, SUPERSEDED, PAST_REVIEW = "agrees", "not compared", "superseded", "past review"


@dataclass
class Finding:
    """One observation of a live guide, and what was found of it; `problems` is empty for one that stands."""

    guide: str
    section: str
    figure: str
    label: str
    says: str
    period: str
    source: str
    review_after: str
    state: str
    problems: list[str] = field(default_factory=list)
    newest: str = ""
    newest_period: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.problems)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def check_live_guides() -> list[Finding]:
    """Return a Finding for each observation of each live guide, figure by figure, the leading one first."""
    findings: list[Finding] = []
    for guide in reader.shelf():
        for held in hold(guide.figures):
            findings += check(guide.guide.slug, held)
    return findings


def contradicted_figures() -> list[str]:
    """Return the leading figures of live guides that imported data contradicts, each with what it says and should."""
    return [
        f"{finding.guide} {finding.figure} {finding.says}, now {finding.newest}"
        for finding in check_live_guides()
        if finding.state in (NEWER, OTHER)
    ]


def check(guide: str, held: HeldFigure) -> Iterator[Finding]:
    """Yield the findings of one figure; a superseded observation is listed and cannot fail."""
    if held.leading is None:
        return
    finding = describe(guide, held.leading, NOT_COMPARED)
    if held.imported:
        finding.newest = formats.amount(held.imported.as_observation(held.figure))
        finding.newest_period = held.imported.period
        finding.state = held.kind or AGREES
    finding.problems = [problem for problem in (held.kind, held.leading.is_due and PAST_REVIEW) if problem]
    yield finding
    for observation in held.figure.superseded:
        yield describe(guide, observation, SUPERSEDED)


def describe(guide: str, observation: Observation, state: str) -> Finding:
    figure = observation.figure
    return Finding(
        guide=guide,
        section=figure.section.slug,
        figure=figure.slug,
        label=figure.label,
        says=formats.amount(observation),
        period=observation.period,
        source=observation.source.short_name,
        review_after=observation.review_after.isoformat(),
        state=state,
    )
