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
        from .reading.doors import guides_in_short
        from .registry import groups
        from .registry.tools import SiteTool
        from .search import index, own

        registry.add(
            registry.Extension(
                self.label,
                edited=groups.EDITED,
                rights=groups.RIGHTS,
                jobs=JOBS,
                search=own.SOURCES,
                site_tools=[
                    SiteTool(
                        "guides",
                        _("Guides"),
                        "guides:list",
                        _("What the job is really like, what it pays and how to get it, in plain words."),
                        in_short=guides_in_short,
                        drawing="bars",
                        gives=(
                            _("The work, hour by hour"),
                            _("Pay, with its source and age"),
                            _("Each way in, with time and cost"),
                        ),
                    ),
                    SiteTool(
                        "compare",
                        _("Compare careers"),
                        "guides:compare",
                        _("Two to four side by side: pay, outlook, time, cost, skills, pros and cons."),
                        drawing="columns",
                        gives=(
                            _("Two to four careers"),
                            _("Side by side, also on a phone"),
                            _("What differs is marked"),
                        ),
                    ),
                ],
                restored=index.tables,
                warnings=warnings.of_content,
            )
        )
        listings.connect()
        content_version.connect()
