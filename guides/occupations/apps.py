"""A page for every occupation that official data knows, whether a guide to it is written or not."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OccupationsConfig(AppConfig):
    name = "guides.occupations"
    label = "occupations"
    verbose_name = _("Occupations")

    def ready(self) -> None:
        from guides import registry
        from guides.plan.item_types import ItemType
        from guides.registry.tools import SiteTool

        from . import codes, compared, counting, jobs, search, sitemap
        from .models import SavedOccupation, restored_tables

        saved = ItemType(
            "occupations",
            "occupations.savedoccupation",
            _("Occupations"),
            _("occupation"),
            ("occupation", "name"),
            mark=("occupation",),
            panel="occupations/_saved.html",
            explain=SavedOccupation.explain,
        )
        registry.add(
            registry.Extension(
                self.label,
                urls="guides.occupations.urls",
                site_tools=[
                    SiteTool(
                        "occupations",
                        _("Occupations"),
                        "occupations:list",
                        _("What official data says of every occupation: tasks, skills, pay and outlook."),
                        in_short=counting.in_short,
                        is_there=counting.any_listed,
                        drawing="folder",
                        gives=(_("Tasks and skills"), _("Pay, also by state"), _("Outlook and openings a year")),
                    ),
                    SiteTool(
                        "explore",
                        _("Not sure?"),
                        "occupations:explore",
                        _("A few questions about what you like and need, and which occupations fit, with reasons."),
                        question=_("Not sure? A few questions"),
                        is_there=counting.any_listed,
                        drawing="ticks",
                        gives=(_("A few questions"), _("Occupations that fit"), _("Why each one fits")),
                    ),
                    SiteTool(
                        "move",
                        _("From the job you have"),
                        "occupations:move",
                        _("What carries over into another job, and what is missing."),
                        question=_("From the job you have"),
                        is_there=counting.any_listed,
                        drawing="bars",
                        gives=(_("What carries over"), _("What is missing"), _("What it pays there")),
                    ),
                ],
                plan_items=[saved],
                jobs=jobs.JOBS,
                search=search.SOURCES,
                sitemap=sitemap.pages,
                restored=restored_tables,
                compared=compared.readings,
                comparison=compared.rows,
                occupation_codes=codes.known,
                templates={
                    "footer": "occupations/_footer.html",
                    "guide_actions": "occupations/move/_link.html",
                    "nothing_found": "occupations/explore/_link.html",
                    "guide_footer": "occupations/_guide_footer.html",
                    "guides_list": "occupations/_guides_list.html",
                    "new_guide": "admin/occupations/_new_guide.html",
                },
            )
        )
