"""Word of what is new."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "guides.alerts"
    label = "alerts"
    verbose_name = _("Word of what is new")

    def ready(self) -> None:
        from guides import registry
        from guides.plan.item_types import ItemType
        from guides.plan.purposes import KeyPurpose
        from guides.registry.tools import KEEP, SiteTool

        from . import counting, jobs, views
        from .checks import links_in_mails

        checks.register(links_in_mails)
        alerts = ItemType(
            "alerts",
            "alerts.alert",
            self.verbose_name,
            _("alert"),
            ("subject", "query", "name"),
            form=("name",),
            most=30,
            panel="alerts/_panel.html",
        )
        registry.add(
            registry.Extension(
                self.label,
                urls="guides.alerts.urls",
                counters=counting.counters,
                plan_items=[alerts],
                plan_keys=[
                    KeyPurpose(views.FEED, _("a feed of what is new"), "alerts:feed", "feed", is_offered=False),
                    KeyPurpose(
                        views.CLOSINGS,
                        _("a calendar of closing dates"),
                        "alerts:closings",
                        "closings",
                        is_offered=False,
                    ),
                ],
                site_tools=[
                    SiteTool(
                        "alerts",
                        self.verbose_name,
                        "alerts:list",
                        _("New openings, changed figures and your own dates, by feed, calendar or mail."),
                        door=KEEP,
                        in_short=lambda: _("word of what is new"),
                        drawing="dates",
                        gives=(_("New openings"), _("Figures that changed"), _("Your own dates")),
                    )
                ],
                jobs=jobs.JOBS,
                templates={
                    "openings": "alerts/_save_search.html",
                    "guide_footer": "alerts/_figures.html",
                    "privacy": "alerts/_privacy.html",
                },
            )
        )
