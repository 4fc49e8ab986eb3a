"""Saving from a guide: the guide with its steps, or one step, into a plan. Saving twice changes nothing."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from guides.models import Guide, Step

from ..reading import reader
from . import room
from .models import Plan, SavedGuide, SavedStep
from .validators import one_line


@dataclass(frozen=True)
class Subject:
    """What a save link names: a guide that readers see, its steps, and the one step that is meant, if any."""

    guide: Guide
    steps: list[Step]
    step: Step | None = None

    @property
    def title(self) -> str:
        return self.step.title if self.step else self.guide.title

    @property
    def anchor(self) -> str:
        """The save form's id on a page that may hold several."""
        return f"save-{self.step.slug}" if self.step else "save-guide"


def subject_of(guide: str, step: str = "") -> Subject:
    """Return the Subject of those addresses, or raise Http404."""
    reading = reader.live(guide)
    steps = [row for section in reading.all_sections() for row in section.steps.all()]
    meant = next((row for row in steps if row.slug == step), None)
    if step and meant is None:
        raise Http404
    return Subject(reading.guide, steps, meant)


def save(plan: Plan, subject: Subject, with_steps: bool = False, due_on: date | None = None) -> None:
    """Put into `plan` what `subject` means. Raises ValidationError where the plan is full."""
    with room.changing(plan):
        if not is_saved(plan, Subject(subject.guide, subject.steps)):
            SavedGuide.objects.get_or_create(
                plan=plan, guide=subject.guide.slug, defaults={"name": one_line(subject.guide.title)}
            )
        wanted = missing(plan, subject) if subject.step or with_steps else []
        for step in wanted:
            SavedStep.objects.get_or_create(
                plan=plan,
                guide=subject.guide.slug,
                step=step.slug,
                defaults={"name": one_line(step.title), "due_on": due_on if subject.step else None},
            )


def missing(plan: Plan, subject: Subject) -> list[Step]:
    """The steps of the Subject that the plan lacks: the one it means, or all of the guide's."""
    saved = set(SavedStep.objects.filter(plan=plan, guide=subject.guide.slug).values_list("step", flat=True))
    return [step for step in ([subject.step] if subject.step else subject.steps) if step.slug not in saved]


def is_saved(plan: Plan, subject: Subject) -> bool:
    """Whether the plan holds it already."""
    if subject.step:
        return SavedStep.objects.filter(plan=plan, guide=subject.guide.slug, step=subject.step.slug).exists()
    return SavedGuide.objects.filter(plan=plan, guide=subject.guide.slug).exists()
