"""A person's own stories, part of their plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "guides.stories"
    label = "stories"
    verbose_name = _("My stories")

    def ready(self) -> None:
        from guides import registry
        from guides.plan.item_types import ItemType
        from guides.registry.tools import APPLY, SiteTool

        stories = ItemType(
            "stories",
            "stories.story",
            _("Stories"),
            _("story"),
            ("name", "situation", "task", "action", "result", "skills", "questions"),
            form=("name", "situation", "task", "action", "result"),
            most=100,
            own_form="stories:edit",
            panel="stories/_panel.html",
            packet_part="stories",
            packet_panel="stories/_packet.html",
        )
        registry.add(
            registry.Extension(
                self.label,
                urls="guides.stories.urls",
                plan_items=[stories],
                site_tools=[
                    SiteTool(
                        "stories",
                        self.verbose_name,
                        "stories:list",
                        _("What you have done, told once: then used in interview answers, letters and resume lines."),
                        door=APPLY,
                        drawing="quote",
                        gives=(
                            _("Told once, in four parts"),
                            _("For interviews and letters"),
                            _("A line for your resume"),
                        ),
                    )
                ],
                templates={
                    "interview_question": "stories/_of_question.html",
                    "privacy": "stories/_privacy.html",
                },
            )
        )
