"""Skills gap and readiness check: where a job seeker stands, with the arithmetic shown."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from guides.plan.item_types import ItemType


class ReadinessConfig(AppConfig):
    name = "guides.readiness"
    label = "readiness"
    verbose_name = _("Skills gap and readiness")

    def ready(self) -> None:
        from guides import registry
        from guides.registry.content_models import ContentModel
        from guides.registry.tools import CHECK, Tool

        from . import overview
        from .from_job import shown_skills

        registry.add(
            registry.Extension(
                self.label,
                content_models=[
                    ContentModel("readiness.area", "guide"),
                    ContentModel("readiness.question", "area", {"skill": "guides.skill"}),
                    ContentModel("readiness.option", "question", {"step": "guides.step", "routes": "guides.route"}),
                    ContentModel("readiness.band", "guide"),
                    ContentModel("readiness.stage", "guide", {"route": "guides.route"}),
                    ContentModel(
                        "readiness.practice",
                        "guide",
                        {"skill": "guides.skill", "step": "guides.step", "route": "guides.route"},
                    ),
                ],
                edited=["guideroutes"],
                shown_skills=shown_skills,
                tools=[
                    Tool(
                        "skills-gap",
                        _("Skills gap"),
                        "readiness:skills_gap",
                        _("Which skills you bring, each as a line for a resume, and which to learn first."),
                        has_content=overview.has_skills,
                        door=CHECK,
                        in_short=_("your skills"),
                        drawing="cells",
                        gives=(
                            _("Every skill the job asks for"),
                            _("A line for your resume"),
                            _("What to learn first"),
                        ),
                    ),
                    Tool(
                        "readiness",
                        _("Readiness check"),
                        "readiness:readiness",
                        _("A score with its arithmetic, and the route that fits, with dates and money."),
                        has_content=overview.has_questions,
                        door=CHECK,
                        in_short=_("readiness, dates and money"),
                        drawing="ring",
                        gives=(_("A score, with its arithmetic"), _("The route that fits you"), _("Dates and money")),
                    ),
                ],
                urls="guides.readiness.urls",
                templates={"exercise_result": "readiness/_from_exercise.html", "privacy": "readiness/_privacy.html"},
                overview=overview.parts,
                plan_items=self.plan_items(),
            )
        )

    def plan_items(self) -> "list[ItemType]":
        """What a plan can hold of results."""
        from guides.plan.item_types import TASK_DATES, ItemType

        from .weighing import explain_gaps

        of_guide = ("guide", "guide_name")
        return [
            ItemType(
                "results",
                "readiness.keptresult",
                _("Where you stand"),
                _("result"),
                ("tool", *of_guide, "query", "score", "kept_on", "changed"),
                most=100,
                panel="readiness/_kept_results.html",
                packet_part="results",
                packet_panel="readiness/_packet_results.html",
            ),
            ItemType(
                "gaps",
                "readiness.keptgap",
                _("Gaps to close"),
                _("gap"),
                (*of_guide, "skill", "name", "how", "section", "hours_from", "hours_to", *TASK_DATES),
                form=TASK_DATES,
                most=1000,
                panel="readiness/_kept_tasks.html",
                explain=explain_gaps,
            ),
            ItemType(
                "stages",
                "readiness.keptstage",
                _("Stages of your route"),
                _("stage"),
                (*of_guide, "route", "name", "section", "tool", *TASK_DATES),
                form=TASK_DATES,
                most=500,
                panel="readiness/_kept_tasks.html",
            ),
        ]
