"""What an editor types, kept while they type: a text of one person, part of no draft until they save it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# How long a text that nobody saves is kept, and how long it is known that one was saved or thrown away.
LASTS, SETTLED_LASTS = timedelta(days=30), timedelta(days=2)

# What a form sends along that nobody typed.
MACHINERY = frozenset({"version", "comment", "position", "id", "csrfmiddlewaretoken"})


def is_machinery(name: str) -> bool:
    """Whether a field that was sent was typed by nobody."""
    return name.rpartition("-")[2] in MACHINERY or name.endswith("_FORMS") or name.startswith("_")


# By which a view of the admin says that words typed into its page are kept: a KeptPage.
KEEPS_TYPED = "keeps_typed"


@dataclass(frozen=True)
class KeptPage:
    """A page of the admin that is no form of one row and whose forms are kept all the same: what it is about.

    `untyped` names what its forms send along that nobody typed.
    """

    about: str | Promise
    untyped: frozenset[str] = frozenset()


def page_at(address: str) -> KeptPage | None:
    """The KeptPage at that address, or None. What stands behind a # there tells the forms of one page apart."""
    try:
        return getattr(resolve(urlsplit(address).path).func, KEEPS_TYPED, None)
    except (Resolver404, ValueError):
        return None


def form_at(address: str) -> "tuple[ModelAdmin[models.Model], models.Model | None]":
    """Return the screen whose form is at that address of the admin, and the row it edits; None for a new one.

    Raises LookupError where there is no such form, or no such row any more.
    """
    try:
        match = resolve(urlsplit(address).path)
        screen: ModelAdmin[models.Model] = getattr(match.func, "model_admin")  # noqa: B009 (the admin sets it)
        page = (match.url_name or "").rpartition("_")[2]
        if page == "add":
            return screen, None
        return screen, screen.model._default_manager.get(pk=unquote(match.kwargs["object_id"]))
    except (Resolver404, AttributeError, KeyError, ValueError, ObjectDoesNotExist, ValidationError) as fault:
        raise LookupError(address) from fault


def has_form(address: str) -> bool:
    """Whether there is a form at that address now, whose row was not deleted."""
    try:
        form_at(address)
    except LookupError:
        return page_at(address) is not None and "object_id" not in resolve(urlsplit(address).path).kwargs
    return True


def name_of(address: str) -> str:
    """What the form at that address is about: 'section: Job outlook', 'new figure'; the address where it is none."""
    page = page_at(address)
    try:
        screen, row = form_at(address)
    except LookupError:
        return str(page.about) if page else address
    if row is None:
        return _("new %(model)s") % {"model": screen.opts.verbose_name}
    name = f"{page.about if page else screen.opts.verbose_name}: {row}"
    return _("delete %(row)s") % {"row": name} if urlsplit(address).path.endswith("/delete/") else name


class UnsavedTextQuerySet(models.QuerySet["UnsavedText"]):
    """Querysets that speak of unsaved texts."""

    def waiting(self) -> "UnsavedTextQuerySet":
        """Texts that were neither saved nor thrown away, newest first."""
        return self.filter(is_settled=False, typed_at__gt=timezone.now() - LASTS).order_by("-typed_at", "-pk")

    def past(self) -> "UnsavedTextQuerySet":
        """Texts that nobody has asked for in time, and settled ones that no browser will send any more."""
        now = timezone.now()
        return self.filter(Q(typed_at__lte=now - LASTS) | Q(is_settled=True, typed_at__lte=now - SETTLED_LASTS))


class UnsavedText(models.Model):
    """A form of content as it stood on one open page, kept for whoever types there."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsaved_texts")
    key = models.CharField(max_length=32, help_text="A random word of the open page: two windows are two texts.")
    address = models.CharField(max_length=500, help_text="The form's address: path and query.")
    fields = models.JSONField(help_text="Pairs of a field's name and its value, as a save would send them.")
    typed_at = models.DateTimeField(default=timezone.now, db_index=True)
    is_settled = models.BooleanField(
        default=False, help_text="Saved or thrown away: what a slow line still brings of it is not kept again."
    )

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="unsaved_text_once_a_page")]

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """What the form is about."""
        return name_of(self.address)

    @property
    def has_form(self) -> bool:
        """Whether its form is still there."""
        return has_form(self.address)

    @property
    def expires_at(self) -> datetime:
        """When it is deleted where nobody asks for it."""
        return self.typed_at + LASTS

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What stands in it, field by field."""
        page = page_at(self.address)
        untyped = page.untyped if page else frozenset()
        return [
            (name, value) for name, value in self.fields if value and not is_machinery(name) and name not in untyped
        ]
