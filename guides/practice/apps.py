"""Practicing an interview with a guide's questions, typed or aloud; what is said is counted, and graded by nobody."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def has_session(guide: Any) -> bool:
    """Whether the guide, thawed or with its rows, has questions that they ask."""
    from . import sessions

    return bool(sessions.asked(guide))


class PracticeConfig(AppConfig):
    name = "guides.practice"
    label = "practice"
    verbose_name = _("Interview practice")

    def ready(self) -> None:
        from guides import registry
        from guides.plan.item_types import ItemType
        from guides.registry.tools import APPLY, Tool

        kept = ItemType(
            "practice",
            "practice.keptsession",
            _("Interview practice"),
            _("practice session"),
            ("guide", "name", "kept_on", "text"),
            most=100,
            panel="practice/_kept.html",
        )
        registry.add(
            registry.Extension(
                self.label,
                tools=[
                    Tool(
                        "practice",
                        self.verbose_name,
                        "practice:session",
                        _("Five questions, answered aloud or in writing: your own browser counts what you said."),
                        has_content=has_session,
                        door=APPLY,
                        drawing="quote",
                        gives=(
                            _("Five of the guide’s questions"),
                            _("Counts, never a grade"),
                            _("Nothing leaves your browser"),
                        ),
                    )
                ],
                urls="guides.practice.urls",
                plan_items=[kept],
                templates={"privacy": "practice/_privacy.html"},
            )
        )
