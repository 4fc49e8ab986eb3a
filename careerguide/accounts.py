"""Changes of accounts and their rights, noticed wherever they are made: in the admin or by a command."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Model

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models.signals import ModelSignal

# What decides what an account may do; of these fields the audit log names those that changed, never their values.
WATCHED = ("username", "is_active", "is_staff", "is_superuser")


def watch(tell: Callable[..., None]) -> None:
    """Call `tell(sender, action=..., about=..., ...)` for each change of an account, a group or their rights."""
    from django.contrib.auth.models import Group, User
    from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

    def connect(signal: "ModelSignal", receiver: Callable[..., None], sender: type[User]) -> None:
        signal.connect(partial(receiver, tell), sender, weak=False, dispatch_uid=f"audit.{receiver.__name__}")

    connect(pre_save, _note_before, User)
    connect(post_save, _user_saved, User)
    for model in (User, Group):
        post_delete.connect(partial(_deleted, tell), model, weak=False, dispatch_uid=f"audit.{model.__name__}.deleted")
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        uid = f"audit.{through.__name__}"
        m2m_changed.connect(partial(_rights_changed, tell), through, weak=False, dispatch_uid=uid)


def _note_before(
    tell: Callable[..., None],
    sender: "type[User]",
    instance: "User",
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Keep what decided about the account until now; signing in saves only when that was."""
    before = None
    if not raw and instance.pk and not (update_fields and set(update_fields).isdisjoint(WATCHED)):
        before = sender.objects.filter(pk=instance.pk).values(*WATCHED).first()
    instance.__dict__["_watched"] = before


def _user_saved(
    tell: Callable[..., None], sender: "type[User]", instance: "User", created: bool, **kwargs: Any
) -> None:
    if created:
        tell(sender, action="account made", about=instance.username)
        return
    before = instance.__dict__["_watched"] or {}
    if changed := [name for name, value in before.items() if value != getattr(instance, name)]:
        tell(sender, action="account changed", about=instance.username, fields=changed)
    # Django keeps the typed password only while one is being set.
    if getattr(instance, "_password", None) is not None:
        tell(sender, action="password changed", about=instance.username)


def _deleted(tell: Callable[..., None], sender: type[Model], instance: Model, **kwargs: Any) -> None:
    tell(sender, action=f"{_kind(instance)} deleted", about=str(instance))


def _rights_changed(
    tell: Callable[..., None], sender: type[Model], instance: Model, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if action in {"post_add", "post_remove", "post_clear"} and (pk_set or action == "post_clear"):
        tell(sender, action="rights changed", about=f"{_kind(instance)} {instance}")


def _kind(instance: Model) -> str:
    return "account" if instance._meta.model_name == "user" else str(instance._meta.model_name)
