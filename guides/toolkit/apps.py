"""The application toolkit: resume, cover letter, interview and job description, made for the job of a guide."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What editors write, parents before children, with the field that names each row's parent.
CONTENTS = [
    ("toolkit.resumeexample", "guide"),
    ("toolkit.resumeentry", "example"),
    ("toolkit.resumeline", "entry"),
    ("toolkit.coverletter", "guide"),
    ("toolkit.interviewquestion", "guide"),
    ("toolkit.jobphrase", "guide"),
    ("toolkit.wording", "guide"),
]
TOOLS = ["resume", "cover-letter", "interview", "job-description"]


class ToolkitConfig(AppConfig):
    name = "guides.toolkit"
    label = "toolkit"
    verbose_name = _("Application toolkit")

    def ready(self):
        from guides.plan import item_types
        from guides.registry import content_models, groups, tools

        for label, parent in CONTENTS:
            content_models.register(label, parent)
        groups.connect("toolkit", [label.partition(".")[2] for label, _parent in CONTENTS])
        fields = ("tool", "guide", "name", "application", "content")
        item_types.register(
            item_types.Holding(
                "documents",
                "toolkit.keptdocument",
                _("Documents"),
                _("document"),
                fields,
                most=100,
                panel="toolkit/_documents.html",
            )
        )
        for name in TOOLS:
            announced = tools.TOOLS[f"toolkit/{name}"]
            view = f"toolkit:{name.replace('-', '_')}"
            tools.register(tools.Tool(announced.key, announced.name, announced.coming, view))
