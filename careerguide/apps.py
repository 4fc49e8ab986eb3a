"""What serves every app of the site."""

from django.apps import AppConfig


class CareerguideConfig(AppConfig):
    name = "careerguide"
    default_auto_field = "django.db.models.BigAutoField"
