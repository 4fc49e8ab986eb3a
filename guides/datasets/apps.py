"""The app of imported data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "guides.datasets"
    label = "datasets"
    verbose_name = _("Official data")

    def ready(self) -> None:
        from guides import registry

        from . import jobs, sitemap, snapshot, warnings
        from .publishers import OWN

        # Editors read what is imported, and own the table of Handbook entries.
        shown = ["dataset", "importedobservation", "occupationtitle", "projection", "wageestimate"]
        rights = [f"view_{name}" for name in shown]
        registry.add(
            registry.Extension(
                self.label,
                edited=["handbookentry"],
                rights=rights,
                publishers=OWN,
                urls="guides.datasets.urls",
                sitemap=sitemap.pages,
                templates={"pay": "datasets/_pay_link.html"},
                jobs=jobs.JOBS,
                warnings=warnings.of_figures,
                restored=snapshot.restored_tables,
            )
        )
