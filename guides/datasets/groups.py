"""What editors may do with imported data: read it, and own the table of Handbook entries."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate

from guides.registry.groups import EDITORS, PUBLISHERS

RIGHTS = [
    *(f"{action}_handbookentry" for action in ("add", "change", "delete", "view")),
    "view_dataset",
    "view_importedobservation",
    "view_occupationtitle",
]


def grant_rights(sender, using, **kwargs):
    """After migrating: give both groups their rights here, made first where this app migrates before guides."""
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)
    rights = Permission.objects.using(using).filter(content_type__app_label=sender.label, codename__in=RIGHTS)
    for name in (EDITORS, PUBLISHERS):
        Group.objects.using(using).get_or_create(name=name)[0].permissions.add(*rights)


def connect():
    """Have the rights given after each migration of this app."""
    post_migrate.connect(grant_rights, sender=apps.get_app_config("datasets"), dispatch_uid="datasets.groups")
