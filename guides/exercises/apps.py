"""Exercises that one can play: call numbers, records, the desk, typing. They belong to no guide and serve them all."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    name = "guides.exercises"
    label = "exercises"
    verbose_name = _("Exercises")

    def ready(self) -> None:
        from guides import registry
        from guides.plan.item_types import ItemType
        from guides.registry.tools import CHECK, SiteTool

        from . import editions, overview, reading, search

        kept = ItemType(
            "exercises",
            "exercises.keptexercise",
            _("Exercises"),
            _("exercise"),
            ("exercise", "name", "level", "done", "right", "kept_on"),
            most=100,
            panel="exercises/_kept.html",
        )
        registry.add(
            registry.Extension(
                self.label,
                shared=dict.fromkeys(
                    [
                        "exercises.exercise",
                        "exercises.callnumberset",
                        "exercises.faultyrecord",
                        "exercises.deskquestion",
                        "exercises.titlepage",
                    ],
                    "exercises",
                ),
                live=reading.live_editions,
                loaded=editions.loaded,
                rights=["view_exerciseedition"],
                urls="guides.exercises.urls",
                site_tools=[
                    SiteTool(
                        "exercises",
                        _("Exercises"),
                        "exercises:list",
                        _("The work itself, to try: what you get wrong is explained at once."),
                        door=CHECK,
                        in_short=lambda: _("exercises"),
                        is_there=lambda: reading.live_editions().exists(),
                        drawing="ticks",
                        gives=(
                            _("The work itself, to try"),
                            _("Mistakes explained at once"),
                            _("As often as you like"),
                        ),
                    )
                ],
                search=search.SOURCES,
                plan_items=[kept],
                sitemap=reading.sitemap,
                drafts=overview.drafts,
                overview=overview.parts,
                next_actions=reading.next_actions,
                templates={"skill": "exercises/_for_skill.html", "footer": "exercises/_footer.html"},
            )
        )
