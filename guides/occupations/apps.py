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

        from . import codes, compared, jobs, search, sitemap
        from .models import restored_tables

        saved = ItemType(
            "occupations",
            "occupations.savedoccupation",
            _("Occupations"),
            _("occupation"),
            ("occupation", "name"),
            panel="occupations/_saved.html",
        )
        registry.add(
            registry.Extension(
                self.label,
                urls="guides.occupations.urls",
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
                    "home_actions": "occupations/explore/_home.html",
                    "nothing_found": "occupations/explore/_link.html",
                    "guide_footer": "occupations/_guide_footer.html",
                    "guides_list": "occupations/_guides_list.html",
                    "new_guide": "admin/occupations/_new_guide.html",
                },
            )
        )
