"""The screens for accounts and their groups: Django's, which refuse an older copy of themselves as all others do."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User

from guides.admin.forms import VersionedForm
from guides.admin.versioned import VersionedAdmin

admin.site.unregister([User, Group])


class AccountForm(VersionedForm, UserChangeForm):
    """An account, with the version of what is edited of it."""


@admin.register(User)
class AccountAdmin(VersionedAdmin, UserAdmin):
    form = AccountForm
    # The site writes these itself: signing in meanwhile is no newer version of the account.
    readonly_fields = ["last_login", "date_joined"]


@admin.register(Group)
class AccountGroupAdmin(VersionedAdmin, GroupAdmin):
    pass
