"""The content app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Guides")

    def ready(self):
        from . import jobs
        from .publishing import content_version, listings
        from .registry import groups

        groups.connect()
        jobs.register()
        listings.connect()
        content_version.connect()
