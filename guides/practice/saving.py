"""Keeping a session in a person's plan."""

from collections.abc import Sequence

from django.utils import timezone

from guides.models import Guide
from guides.plan import room
from guides.plan.models import Plan
from guides.plan.validators import one_line

from .models import KeptSession
from .showing import Look, Row


def keep(plan: Plan, guide: Guide, looks: Sequence[Look], total: Sequence[Row], with_answers: bool) -> None:
    """Keep what was counted, and with it the answers where that is wanted.

    Raises ValidationError where the plan is full.
    """
    parts = [as_text("", total)]
    for look in looks:
        if look.answer:
            answer = f"“{look.answer}”\n" if with_answers else ""
            cautions = "".join(f"\n{caution.heading}" for caution in look.cautions)
            parts.append(as_text(f"{one_line(look.question.question)}\n{answer}", look.rows) + cautions)
    with room.changing(plan):
        KeptSession.objects.create(
            plan=plan,
            guide=guide.slug,
            name=one_line(guide.title)[:120],
            kept_on=timezone.localdate(),
            text="\n\n".join(parts),
        )


def as_text(before: str, rows: Sequence[Row]) -> str:
    """The rows as lines of text."""
    return before + "\n".join(f"{row.label}: {row.text}" for row in rows)
