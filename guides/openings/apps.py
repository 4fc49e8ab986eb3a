"""Openings: jobs to apply to, from the feeds of employers that editors add. None is there until one of them is on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpeningsConfig(AppConfig):
    name = "guides.openings"
    label = "openings"
    verbose_name = _("Openings")

    def ready(self) -> None:
        from guides import registry
        from guides.registry.tools import FIND, SiteTool

        from . import browse, counting, jobs, warnings
        from .readers.greenhouse import GREENHOUSE
        from .readers.job_posting import JOB_POSTING
        from .readers.neogov import NEOGOV
        from .readers.syndication import SYNDICATION

        registry.add(
            registry.Extension(
                self.label,
                edited=["feed"],
                counters=counting.counters,
                # Of two that recognize a document, the first reads it.
                feed_forms=[NEOGOV, SYNDICATION, GREENHOUSE, JOB_POSTING],
                urls="guides.openings.urls",
                site_tools=[
                    SiteTool(
                        "openings",
                        self.verbose_name,
                        "openings:list",
                        _("Jobs that employers list in their own feeds, each with what is known of it."),
                        door=FIND,
                        in_short=lambda: _("openings"),
                        is_there=browse.are_there,
                        drawing="folder",
                        gives=(
                            _("From employers’ own feeds"),
                            _("What each one asks for"),
                            _("Pay, where they say it"),
                        ),
                    ),
                ],
                templates={
                    "guide_actions": "openings/_of_guide.html",
                    "occupation": "openings/_of_occupation.html",
                    "applications": "openings/_paste_link.html",
                    "application": "openings/_prepare.html",
                    "privacy": "openings/_privacy.html",
                },
                jobs=jobs.JOBS,
                warnings=warnings.of_feeds,
            )
        )
