"""What an account may do, in words. A role is a group; whoever has one may sign in to the admin, and nobody else."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group, User
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.registry.groups import EDITORS, PUBLISHERS

RUNS_THE_SITE = _("Runs the site")
# The groups that every site has; one that a site has made itself is called by its own name.
NAMES = {EDITORS: _("May write drafts"), PUBLISHERS: _("May publish")}
MEANINGS = {
    EDITORS: _("writes and submits for review; readers see nothing of it until somebody publishes"),
    PUBLISHERS: _("writes too, and decides what readers see: publishes, sends back, withdraws"),
}


def person(request: HttpRequest) -> User:
    """Who is at a page that nobody sees who is not signed in."""
    return cast(User, request.user)


def name_of(group: Group) -> str:
    """What the role is called."""
    return str(NAMES.get(group.name, group.name))


def names_of(user: User) -> list[str]:
    """What the account may do, in a few words each; empty where it cannot sign in to the admin."""
    names = [str(RUNS_THE_SITE)] if user.is_superuser else []
    return names + [name_of(group) for group in user.groups.all()]


def givable_by(user: User) -> QuerySet[Group]:
    """The roles that `user` may give to others: all, or of somebody who does not run the site their own."""
    groups = Group.objects.order_by("name")
    return groups if user.is_superuser else groups.filter(user=user)


def settle(user: User) -> None:
    """Let whoever has a role sign in to the admin, and shut it for everybody else."""
    may = user.is_superuser or user.groups.exists() or user.user_permissions.exists()
    if user.is_staff != may:
        user.is_staff = may
        user.save(update_fields=["is_staff"])


def with_right(permission: str) -> QuerySet[Group]:
    """The roles that hold a right, such as `guides.publish_guide`."""
    label, _dot, codename = permission.partition(".")
    holding = Q(permissions__content_type__app_label=label, permissions__codename=codename)
    return Group.objects.filter(holding).distinct().order_by("name")


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none while the program runs
    """Roles to choose, each with what it means."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset: QuerySet[Group] | None = None, **kwargs: Any) -> None:
        every = Group.objects.order_by("name") if queryset is None else queryset
        super().__init__(every, label=_("Roles"), **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        group = obj if isinstance(obj, Group) else Group(name=str(obj))
        meaning = MEANINGS.get(group.name)
        return f"{name_of(group)}: {meaning}" if meaning else name_of(group)
