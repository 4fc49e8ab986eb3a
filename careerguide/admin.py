"""The screens for accounts and their groups: Django's, with roles in words instead of flags.

They refuse an older copy of themselves as all others do.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import user_has_device

from guides.admin.base import change_link
from guides.admin.forms import VersionedForm
from guides.admin.versioned import VersionedAdmin

from .people import roles

admin.site.unregister([User, Group])


class AccountForm(VersionedForm, UserChangeForm):
    """An account, with the version of what is edited of it."""

    groups = roles.RolesField(
        required=False,
        help_text=gettext_lazy("Whoever has a role can sign in here. Take all of them away, and the account cannot."),
    )

    class Meta(UserChangeForm.Meta):
        labels = {"is_superuser": roles.RUNS_THE_SITE, "is_active": gettext_lazy("The account is open")}
        help_texts = {
            "is_superuser": gettext_lazy(
                "May do everything: also invite people, give roles and take them away, and see what an import does."
            ),
            "is_active": gettext_lazy(
                "Take this away instead of deleting the account: what the person wrote keeps its author."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Somebody must be left who can give roles."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.instance.pk)
        was = User.objects.filter(pk=self.instance.pk, is_superuser=True, is_active=True).exists()
        stays = cleaned.get("is_superuser", was) and cleaned.get("is_active", was)
        if was and not stays and not others.exists():
            message = _("Nobody else runs this site: without this account nobody could invite people or give roles.")
            raise ValidationError(message)
        return cleaned


class NewPersonForm(AdminUserCreationForm):
    """An account with a first password, for somebody who is not invited by a link."""

    groups = roles.RolesField(required=False)

    class Meta(AdminUserCreationForm.Meta):
        fields = ("username", "groups")


@admin.register(User)
class AccountAdmin(VersionedAdmin, UserAdmin):
    form = AccountForm
    add_form = NewPersonForm
    change_form_template = "people/account.html"
    change_list_template = "people/accounts.html"
    # A password may stand on it.
    keeps_unsaved = False
    # The site writes these itself: signing in meanwhile is no newer version of the account.
    readonly_fields = ["last_login", "date_joined", "second_factor"]
    list_display = ["username", "what_they_may_do", "email", "second_factor", "last_login"]
    list_filter = ["is_active", "is_superuser", "groups"]
    filter_horizontal = ["user_permissions"]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2", "groups"], "classes": ["wide"]})
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        may = ["groups", "is_superuser", "is_active"]
        if obj.user_permissions.exists():
            # Rights beside roles are no way of ours; where a site has given some, they can be taken away.
            may.insert(1, "user_permissions")
        return [
            (None, {"fields": ["username", "password", "second_factor"]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("What this person may do"), {"fields": may}),
            (_("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]

    @admin.display(description=gettext_lazy("what they may do"))
    def what_they_may_do(self, account: User) -> str:
        return ", ".join(roles.names_of(account)) or _("cannot sign in here")

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, account: User) -> bool:
        return bool(user_has_device(account))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        roles.settle(form.instance)


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
