"""The app of imported data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "guides.datasets"
    label = "datasets"
    verbose_name = _("Official data")

    def ready(self):
        from . import groups

        groups.connect()
