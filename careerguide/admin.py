"""The screens for accounts and their groups: Django's, which refuse an older copy of themselves as all others do."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from guides.admin.base import change_link
from guides.admin.forms import VersionedForm
from guides.admin.versioned import VersionedAdmin

admin.site.unregister([User, Group])


class AccountForm(VersionedForm, UserChangeForm):
    """An account, with the version of what is edited of it."""


@admin.register(User)
class AccountAdmin(VersionedAdmin, UserAdmin):
    form = AccountForm
    # A password may stand on it.
    keeps_unsaved = False
    # The site writes these itself: signing in meanwhile is no newer version of the account.
    readonly_fields = ["last_login", "date_joined"]


@admin.register(Group)
class AccountGroupAdmin(VersionedAdmin, GroupAdmin):
    """A group goes once nobody is in it: its members would lose their rights without a word."""

    actions = None
    keeps_unsaved = False

    def get_deleted_objects(
        self, objs: Sequence[Group] | QuerySet[Group], request: HttpRequest
    ) -> tuple[Any, Any, Any, Any]:
        listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        members = User.objects.filter(groups__in=objs).distinct().order_by("username")
        return listed, counts, missing, [change_link(member) for member in members] or protected
