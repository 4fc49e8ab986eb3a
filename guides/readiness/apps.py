"""Skills gap and readiness check: where a job seeker stands, with the arithmetic shown."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What editors write, parents before children, with the field that names each row's parent.
CONTENTS = [
    ("readiness.area", "guide"),
    ("readiness.question", "area"),
    ("readiness.option", "question"),
    ("readiness.band", "guide"),
    ("readiness.stage", "guide"),
    ("readiness.practice", "guide"),
]


class ReadinessConfig(AppConfig):
    name = "guides.readiness"
    label = "readiness"
    verbose_name = _("Skills gap and readiness")

    def ready(self):
        from guides import contents, groups, tools

        for label, parent in CONTENTS:
            contents.register(label, parent)
        groups.connect(self.label, [label.partition(".")[2] for label, _parent in CONTENTS])
        for key, view in [("skills-gap", "readiness:skills_gap"), ("readiness", "readiness:readiness")]:
            announced = tools.TOOLS[key]
            tools.register(tools.Tool(key, announced.name, announced.coming, view))
