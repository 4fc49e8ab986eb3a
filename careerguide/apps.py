"""What serves every app of the site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CareerguideAdminConfig(AdminConfig):
    """Makes our admin site the one that every admin class registers with."""

    default_site = "careerguide.admin_site.CareerguideAdminSite"


class CareerguideConfig(AppConfig):
    name = "careerguide"
    default_auto_field = "django.db.models.BigAutoField"

    label = "careerguide"

    def ready(self) -> None:
        from guides import registry

        from . import audit
        from .jobs import jobs

        audit.connect()
        registry.add(registry.Extension(self.label, jobs=jobs()))
