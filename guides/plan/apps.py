"""A job seeker's own plan, without an account."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "guides.plan"
    label = "plan"
    verbose_name = _("My plan")
