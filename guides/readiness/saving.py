"""Keeping a result in a plan, with its gaps to close or its route's dates. Keeping the same again changes nothing.

A newer result takes the place of the older one of its check and guide, and says what changed. Gaps that it
closes are marked as done, and those that it opens again are open; what the person marked or dated stays.
"""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import ngettext

from guides.models import Guide, Route
from guides.plan import earlier as plan_earlier
from guides.plan import room, sync
from guides.plan.models import Plan
from guides.plan.validators import one_line
from guides.reading.reader import Reading

from . import check, results, skills_gap
from .models import KeptGap, KeptResult, KeptStage

LONGEST_CHANGES = KeptResult._meta.get_field("changed").max_length or 0


class Stale(Exception):
    """Another result was kept after the person saw what would change."""


@dataclass(frozen=True)
class Subject:
    """A result that can be kept: of which guide, what of it, its gaps to close or the dates of a route."""

    reading: Reading
    kept: results.ResultToKeep
    result: skills_gap.GapResult | check.CheckResult
    gaps: list[results.ToClose] = field(default_factory=list)
    route: Route | None = None
    dates: list[results.Due] = field(default_factory=list)

    @property
    def guide(self) -> Guide:
        return self.reading.guide

    @property
    def tasks(self) -> int:
        """How many things to do the plan gets with it."""
        return len(self.gaps) + len(self.dates)

    @property
    def tasks_label(self) -> str:
        """What a person ticks to get them."""
        label = (
            ngettext("with its gap as a thing to close", "with its %(number)d gaps as things to close", self.tasks)
            if self.gaps
            else ngettext("with the date of its route", "with the %(number)d dates of its route", self.tasks)
        )
        return label % {"number": self.tasks}

    @property
    def title(self) -> str:
        return str(KeptResult.Tool(self.kept.tool).label)


def earlier(plan: Plan, subject: Subject) -> KeptResult | None:
    """Return the result of the same check and guide that `plan` holds, or None."""
    return KeptResult.objects.filter(plan=plan, tool=subject.kept.tool, guide=subject.kept.guide).first()


def fingerprint(stored: KeptResult | None) -> str:
    """Return what a form remembers of the result that was there when it was shown."""
    return sync.fingerprint(stored) if stored else ""


def since(stored: KeptResult | None, subject: Subject) -> list[str]:
    """Return what changed from the stored result to this one, one sentence each."""
    return results.since(subject.reading, stored, subject.result) if stored else []


def save(plan: Plan, subject: Subject, expected: str, with_tasks: bool = False) -> None:
    """Keep `subject`, a Subject, in `plan`. Raises Stale, and ValidationError where the plan is full."""
    with room.changing(plan):
        stored = earlier(plan, subject)
        if fingerprint(stored) != expected:
            raise Stale
        if with_tasks and subject.kept.tool == KeptResult.Tool.SKILLS_GAP:
            _keep_gaps(plan, subject, stored)
        elif with_tasks:
            _keep_stages(plan, subject)
        _keep_result(plan, subject, stored)


def _keep_result(plan: Plan, subject: Subject, stored: KeptResult | None) -> None:
    """Store the result in the place of the one before."""
    kept = subject.kept
    if stored is None:
        stored = KeptResult(plan=plan, tool=kept.tool, guide=kept.guide)
    elif stored.query == kept.query and stored.score == kept.score:
        return
    else:
        plan_earlier.remember(stored)
    stored.changed = _within(since(stored, subject) if stored.pk else [], LONGEST_CHANGES)
    stored.guide_name, stored.query, stored.score = one_line(subject.guide.title), kept.query, kept.score
    stored.kept_on = timezone.localdate()
    stored.save()


def _within(lines: list[str], most: int) -> str:
    """Join as many of the lines as fit into `most` characters."""
    text = "\n".join(map(one_line, lines))
    return text if len(text) <= most else text[:most].rpartition("\n")[0]


def _keep_gaps(plan: Plan, subject: Subject, before: KeptResult | None) -> None:
    """Add the gaps that the plan lacks, and bring those that it has up to date. `before` is the earlier result."""
    opened = {gap.skill for gap in subject.gaps} - results.open_skills(subject.reading, before) if before else set()
    stored = {gap.skill: gap for gap in KeptGap.objects.filter(plan=plan, guide=subject.kept.guide)}
    for gap in subject.gaps:
        item = stored.get(gap.skill) or KeptGap(plan=plan, guide=subject.kept.guide, skill=gap.skill)
        if gap.skill in opened:
            item.done_on = None
        item.guide_name, item.name, item.how = map(one_line, (subject.guide.title, gap.name, gap.how))
        item.section = gap.section
        item.hours_from, item.hours_to = gap.hours or (None, None)
        item.save()
    strengths = subject.result.strengths if isinstance(subject.result, skills_gap.GapResult) else []
    closed = [row.skill.slug for row in strengths]
    KeptGap.objects.filter(plan=plan, guide=subject.kept.guide, skill__in=closed, done_on=None).update(
        done_on=timezone.localdate()
    )


def _keep_stages(plan: Plan, subject: Subject) -> None:
    """Date the stages of the route; stages of an earlier timeline that are not done make room for them."""
    if subject.route is None:
        return
    rows = KeptStage.objects.filter(plan=plan, guide=subject.kept.guide)
    stored = {(stage.route, stage.name): stage for stage in rows}
    wanted = {(subject.route.slug, one_line(due.title)): due for due in subject.dates}
    rows.filter(done_on=None).exclude(pk__in=[stored[key].pk for key in wanted if key in stored]).delete()
    for (route, name), due in wanted.items():
        stage = stored.get((route, name)) or KeptStage(plan=plan, guide=subject.kept.guide, route=route, name=name)
        stage.guide_name, stage.section, stage.tool = one_line(subject.guide.title), due.section, due.tool
        if not stage.done_on:
            stage.due_on = due.on
        stage.save()
