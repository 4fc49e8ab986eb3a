"""What serves every app of the site."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig


class CareerguideAdminConfig(AdminConfig):
    """Makes our admin site the one that every admin class registers with."""

    default_site = "careerguide.admin_site.CareerguideAdminSite"


def privacy_template() -> str:
    """What the page on privacy says of what the site itself keeps: backups only where it makes them."""
    return "privacy/site_with_backups.html" if settings.BACKUP_DIR else "privacy/site.html"


class CareerguideConfig(AppConfig):
    name = "careerguide"
    default_auto_field = "django.db.models.BigAutoField"

    label = "careerguide"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from guides import registry

        from . import audit, databases
        from .jobs import jobs
        from .models import KeptPage
        from .people import sessions

        def passing_tables() -> list[str]:
            """What lasts for an hour is in no backup."""
            return [KeptPage._meta.db_table]

        audit.connect()
        sessions.connect()
        connection_created.connect(databases.keep_private, dispatch_uid="databases.keep_private")
        registry.add(
            registry.Extension(
                self.label, jobs=jobs(), restored=passing_tables, templates={"privacy": privacy_template()}
            )
        )
