"""Openings: jobs to apply to, from the feeds of employers that editors add. None is there until one of them is on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpeningsConfig(AppConfig):
    name = "guides.openings"
    label = "openings"
    verbose_name = _("Openings")

    def ready(self) -> None:
        from guides import registry

        from . import jobs, warnings
        from .readers.greenhouse import GREENHOUSE
        from .readers.job_posting import JOB_POSTING
        from .readers.neogov import NEOGOV
        from .readers.syndication import SYNDICATION

        registry.add(
            registry.Extension(
                self.label,
                edited=["feed"],
                # Of two that recognise a document, the first reads it.
                feed_forms=[NEOGOV, SYNDICATION, GREENHOUSE, JOB_POSTING],
                urls="guides.openings.urls",
                jobs=jobs.JOBS,
                warnings=warnings.of_feeds,
            )
        )
