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
        from .models import NearnessWeights, NearOccupations

        def derived_tables() -> list[str]:
            """What is near what is reckoned again from the official data."""
            return [NearnessWeights._meta.db_table, NearOccupations._meta.db_table]

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
                compared=compared.readings,
                comparison=compared.rows,
                restored=derived_tables,
                occupation_codes=codes.known,
                templates={
                    "footer": "occupations/_footer.html",
                    "guide_actions": "occupations/move/_link.html",
                    "guide_footer": "occupations/_guide_footer.html",
                    "guides_list": "occupations/_guides_list.html",
                    "new_guide": "admin/occupations/_new_guide.html",
                },
            )
        )
