"""What a refusal says: which right is missing, which role brings it, and who can give that.

Django refuses without a word. So the last of the site's backends notes on the account which rights it was asked for in
vain; it gives none itself.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Permission, User
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import roles

# The right that each of Django's pages asks for, by the end of its address's name.
OF_PAGES = {"changelist": "view", "history": "view", "add": "add", "change": "view", "delete": "delete"}


class NotesMissingRights(BaseBackend):
    """Gives nothing, and notes what nobody gave."""

    def has_perm(self, user_obj: User, perm: str, obj: Model | None = None) -> bool:  # type: ignore[override]
        user_obj.__dict__.setdefault("missing_rights", []).append(perm)
        return False


@dataclass(frozen=True)
class Refusal:
    """What to say: the right in words (empty where nobody could do it), the roles that bring it, who can give them."""

    right: str
    roles: list[str]
    people: list[str]


def explain(request: HttpRequest) -> Refusal:
    """Say why `request` was refused."""
    user = request.user
    if getattr(user, "is_superuser", False):
        return Refusal("", [], [])
    permission = _missing(request)
    names = [roles.name_of(group) for group in roles.with_right(permission)] if permission else []
    people = User.objects.filter(is_superuser=True, is_active=True).order_by("username")
    return Refusal(in_words(permission), names, [person.get_full_name() or person.username for person in people])


def _missing(request: HttpRequest) -> str:
    """The right that the refused page asks for: of Django's own pages the one for it, else the last one asked for."""
    noted: list[str] = getattr(request.user, "missing_rights", [])
    name = (request.resolver_match.url_name if request.resolver_match else "") or ""
    label, _line, model_and_page = name.partition("_")
    model, _line, page = model_and_page.rpartition("_")
    action = "change" if page == "change" and request.method == "POST" else OF_PAGES.get(page, "")
    asked = f"{label}.{action}_{model}"
    return asked if asked in noted else (noted or [""])[-1]


def in_words(permission: str) -> str:
    """A right such as `guides.add_section` as one says it: 'add sections'."""
    label, _dot, codename = permission.partition(".")
    action, _line, model_name = codename.partition("_")
    verbs = {"view": _("see"), "add": _("add"), "change": _("change"), "delete": _("delete")}
    try:
        model = apps.get_model(label, model_name)
    except (LookupError, ValueError):
        model = None
    if model is not None and action in verbs:
        return f"{verbs[action]} {model._meta.verbose_name_plural}"
    if model is not None and action == "publish":
        return _("publish %(things)s") % {"things": model._meta.verbose_name_plural}
    found = Permission.objects.filter(content_type__app_label=label, codename=codename).first()
    return found.name.removeprefix("Can ") if found else _("do what only those who run the site may do")
