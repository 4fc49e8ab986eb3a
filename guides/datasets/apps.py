"""The app of imported data."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "guides.datasets"
    label = "datasets"
    verbose_name = _("Official data")

    def ready(self) -> None:
        from guides import registry
        from guides.registry.content_models import ContentModel
        from guides.registry.kinds import Kind

        from . import jobs, overview, sitemap, snapshot, warnings
        from .publishers import OWN

        # Editors read what is imported, and own the table of Handbook entries.
        imported = ["dataset", "importedobservation", "occupationtitle", "projection", "wageestimate"]
        rights = [f"view_{name}" for name in imported]
        registry.add(
            registry.Extension(
                self.label,
                content_models=[
                    # A guide without links shows those of another one in its field.
                    ContentModel("datasets.statelink", "section", text=self.link_text, is_shown_elsewhere=True)
                ],
                kinds=[Kind("by_state", _("links by state"), "statelinks")],
                edited=["handbookentry"],
                rights=rights,
                publishers=OWN,
                urls="guides.datasets.urls",
                sitemap=sitemap.pages,
                templates={"pay": "datasets/_pay_link.html", "sources": "datasets/_links_read.html"},
                jobs=jobs.JOBS,
                warnings=warnings.of_figures,
                overview=overview.parts,
                restored=snapshot.restored_tables,
            )
        )

    @staticmethod
    def link_text(link: Any) -> str:
        """What search may find of a link by state."""
        return " ".join(filter(None, [link.get_state_display(), link.name, link.text]))
