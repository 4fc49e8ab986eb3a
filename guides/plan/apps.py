"""A job seeker's own plan, without an account."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "guides.plan"
    label = "plan"
    verbose_name = _("My plan")

    def ready(self) -> None:
        from guides.registry import jobs

        from . import expiry

        jobs.register(
            jobs.Job(
                "expire_plans",
                _("Deletes plans that nobody opened for 12 months."),
                every=timedelta(days=1),
                run=expiry.expire_plans,
            )
        )
