"""What closing a gap is worth: the weight of the skill in each career of the plan that asks for it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.models import Skill
from guides.reading import reader

from .models import KeptGap
from .skills_gap import WORTH, all_skills

REASONS = {
    Skill.Weight.CORE: _("A core skill: the job cannot be done without it."),
    Skill.Weight.USEFUL: _("A useful skill: most postings ask for it."),
    Skill.Weight.BONUS: _("A bonus skill: it sets you apart."),
}


def explain_gaps(gaps: Sequence[KeptGap]) -> None:
    """Weigh each gap, and say why. A skill that several careers of the plan lack counts in each. One query."""
    weights = {
        (reading.guide.slug, skill.slug): Skill.Weight(skill.weight)
        for reading in reader.several(sorted({gap.guide for gap in gaps}))
        for skill in all_skills(reading)
    }
    asked: dict[str, list[Skill.Weight]] = {}
    for gap in gaps:
        if (weight := weights.get((gap.guide, gap.skill))) and not gap.done_on:
            asked.setdefault(gap.skill, []).append(weight)
    for gap in gaps:
        weight = weights.get((gap.guide, gap.skill))
        if weight is None:
            continue
        careers = asked.get(gap.skill, [])
        gap.worth = sum(WORTH[each] for each in careers)
        others = len(careers) - 1
        gap.why_worth = str(REASONS[weight])
        if others > 0:
            more = ngettext(
                "%(count)d more career of your plan asks for it.",
                "%(count)d more careers of your plan ask for it.",
                others,
            )
            gap.why_worth += " " + more % {"count": others}
