"""The groups that exist after migrating: who may edit, and who may also publish."""

from functools import partial

from django.apps import apps
from django.contrib.auth.management import create_permissions

EDITORS, PUBLISHERS = "Editors", "Publishers"

# What an editor works on. Editions are made by saving, never by hand.
EDITED = [
    "guide", "guidetitle", "relatedcareer", "section", "point", "skill", "step", "route", "careerlevel", "question",
    "toollink", "figure", "observation", "source", "synonym", "term",
]  # fmt: skip


def ensure_groups(sender, using, edited=EDITED, **kwargs):
    """After migrating: make both groups, and give each its rights to the app's content and nothing else."""
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)
    own = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    actions = [f"{action}_{model}" for model in edited for action in ("add", "change", "delete", "view")]
    editing = own.filter(codename__in=[*actions, "view_edition", "view_report", "change_report"])
    for name, rights in [(EDITORS, editing), (PUBLISHERS, editing | own.filter(codename="publish_guide"))]:
        group, _ = Group.objects.using(using).get_or_create(name=name)
        # Only what is missing is added: rights that the site's owner gave stay.
        group.permissions.add(*rights)


def connect(label="guides", edited=EDITED):
    """Have the groups made, and given the rights to the models `edited`, after each migration of that app."""
    from django.db.models.signals import post_migrate

    receiver = partial(ensure_groups, edited=edited)
    post_migrate.connect(receiver, sender=apps.get_app_config(label), weak=False, dispatch_uid=f"{label}.groups")
