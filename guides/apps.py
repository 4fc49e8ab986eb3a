"""The content app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Guides")

    def ready(self) -> None:
        from . import registry, warnings
        from .jobs import JOBS
        from .publishing import content_version, listings
        from .registry import groups
        from .search import index, own

        registry.add(
            registry.Extension(
                self.label,
                edited=groups.EDITED,
                rights=groups.RIGHTS,
                jobs=JOBS,
                search=own.SOURCES,
                restored=index.tables,
                warnings=warnings.of_content,
            )
        )
        listings.connect()
        content_version.connect()
