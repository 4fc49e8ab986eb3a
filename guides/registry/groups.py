"""The groups that exist after migrating: who may edit, and who may also publish."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate

EDITORS, PUBLISHERS = "Editors", "Publishers"
# The right that publishers have and editors do not: to change what readers see.
PUBLISH = "guides.publish_guide"

# What an editor works on. Editions are made by saving, never by hand.
EDITED = [
    "guide", "guidetitle", "relatedcareer", "formeraddress", "picture", "section", "point", "skill", "step", "route",
    "careerlevel", "question", "toollink", "figure", "observation", "source", "synonym", "term",
]  # fmt: skip
RIGHTS = [
    "view_edition", "view_linkvisit", "view_report", "change_report", "view_sharededition",
    "view_feedback", "view_pagecount",
]  # fmt: skip


def ensure_groups(sender: AppConfig, using: str, edited: Iterable[str], rights: Iterable[str], **kwargs: Any) -> None:
    """After migrating: make both groups, and give each its rights to the app's content and nothing else."""
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)
    own = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    actions = [f"{action}_{model}" for model in edited for action in ("add", "change", "delete", "view")]
    editing = own.filter(codename__in=[*actions, *rights])
    for name, permissions in [(EDITORS, editing), (PUBLISHERS, editing | own.filter(codename="publish_guide"))]:
        group, _created = Group.objects.using(using).get_or_create(name=name)
        # Only what is missing is added: rights that the site's owner gave stay.
        group.permissions.add(*permissions)


def connect(label: str = "guides", edited: Iterable[str] = EDITED, rights: Iterable[str] = RIGHTS) -> None:
    """Have both groups made after each migration of that app, with every right to the models `edited` and `rights`."""
    receiver = partial(ensure_groups, edited=list(edited), rights=list(rights))
    post_migrate.connect(receiver, sender=apps.get_app_config(label), weak=False, dispatch_uid=f"{label}.groups")
