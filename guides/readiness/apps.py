"""Skills gap and readiness check: where a job seeker stands, with the arithmetic shown."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What editors write, parents before children: the field that names each row's parent, and those that name other rows
# of the guide by their slugs.
CONTENTS = [
    ("readiness.area", "guide", {}),
    ("readiness.question", "area", {}),
    ("readiness.option", "question", {"step": "guides.step", "routes": "guides.route"}),
    ("readiness.band", "guide", {}),
    ("readiness.stage", "guide", {"route": "guides.route"}),
    ("readiness.practice", "guide", {"skill": "guides.skill", "step": "guides.step", "route": "guides.route"}),
]


class ReadinessConfig(AppConfig):
    name = "guides.readiness"
    label = "readiness"
    verbose_name = _("Skills gap and readiness")

    def ready(self):
        from guides.registry import content_models, groups, tools

        for content in CONTENTS:
            content_models.register(*content)
        groups.connect(self.label, [label.partition(".")[2] for label, *_more in CONTENTS])
        for key, view in [("skills-gap", "readiness:skills_gap"), ("readiness", "readiness:readiness")]:
            announced = tools.TOOLS[key]
            tools.register(tools.Tool(key, announced.name, announced.coming, view))
        self.add_to_plan()

    def add_to_plan(self):
        """Say what a plan can hold of results."""
        from guides.plan.item_types import TASK_DATES, Holding, register

        of_guide = ("guide", "guide_name")
        register(
            Holding(
                "results",
                "readiness.keptresult",
                _("Where you stand"),
                _("result"),
                ("tool", *of_guide, "query", "score", "kept_on", "changed"),
                most=100,
                panel="readiness/_kept_results.html",
            )
        )
        register(
            Holding(
                "gaps",
                "readiness.keptgap",
                _("Gaps to close"),
                _("gap"),
                (*of_guide, "skill", "name", "how", "hours_from", "hours_to", *TASK_DATES),
                form=TASK_DATES,
                most=1000,
                panel="readiness/_kept_tasks.html",
            )
        )
        register(
            Holding(
                "stages",
                "readiness.keptstage",
                _("Stages of your route"),
                _("stage"),
                (*of_guide, "route", "name", *TASK_DATES),
                form=TASK_DATES,
                most=500,
                panel="readiness/_kept_tasks.html",
            )
        )
