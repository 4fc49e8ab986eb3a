"""The content app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Guides")

    def ready(self):
        from . import groups, listings, versioning

        groups.connect()
        listings.connect()
        versioning.connect()
