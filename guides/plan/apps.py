"""A job seeker's own plan, without an account."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# The way into the plan, on a guide's page.
TEMPLATES = {
    "guide_scripts": "plan/_script.html",
    "guide_actions": "plan/_save_link.html",
    "step": "plan/_save_link.html",
    "privacy": "plan/_privacy.html",
}


class PlanConfig(AppConfig):
    name = "guides.plan"
    label = "plan"
    verbose_name = _("My plan")

    def ready(self) -> None:
        from guides import registry
        from guides.registry.jobs import Job
        from guides.registry.tools import KEEP, SiteTool

        from . import counting, expiry
        from .item_types import OWN
        from .models import Visit
        from .purposes import OWN as OWN_PURPOSES

        expire = Job(
            "expire_plans",
            _("Deletes plans that nobody opened for 12 months."),
            every=timedelta(days=1),
            run=expiry.expire_plans,
        )
        registry.add(
            registry.Extension(
                self.label,
                urls="guides.plan.urls",
                counters=counting.counters,
                url_prefix="plan/",
                site_tools=[
                    SiteTool(
                        "plan",
                        self.verbose_name,
                        "plan:plan",
                        _("Guides, steps and applications with their dates. It opens with a key, without an account."),
                        door=KEEP,
                        in_short=lambda: _("a plan without an account, what you sent"),
                        drawing="dates",
                        gives=(
                            _("This week: three things"),
                            _("What you sent, and when"),
                            _("No account: a key opens it"),
                        ),
                    ),
                ],
                plan_items=OWN,
                plan_keys=OWN_PURPOSES,
                jobs=[expire],
                restored=lambda: [Visit._meta.db_table],
                templates=TEMPLATES,
            )
        )
