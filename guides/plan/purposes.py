"""What a key can be derived for: it shows the plan, for one purpose, and can neither change it nor make another key.

Another app adds its own: a KeyPurpose in its Extension (`plan_keys`), and a view that asks `access.shared` for the
plan. Asking counts as opening it.

    KeyPurpose("feed", _("a feed of a search that you saved"), "openings:feed", is_offered=False)
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides import registry

from . import keys
from .models import HELPERS_MAY_FOR, Plan, SharedKey

MOST = 20  # keys of one plan
FULL = _("Twenty others can see this plan already. End one of them first.")


@dataclass(frozen=True)
class KeyPurpose:
    """A purpose: `url_name` is the address that a key of it opens, in its parameter `key`.

    `prefix` begins such keys: small letters. `lasts` is after how long one ends by itself, None for never. One that is
    `is_offered` can be made by the form of /plan/share/; others are made where their app calls `make`.
    """

    slug: str  # at most 20 characters
    name: str | Promise  # whom it lets do what, as the person sees it in the list
    url_name: str
    prefix: str = ""
    lasts: timedelta | None = None
    is_offered: bool = True


CALENDAR, READER, COMMENTER = "calendar", "reader", "commenter"
OWN = [
    KeyPurpose(CALENDAR, _("a calendar that shows the dates"), "plan:dates"),
    KeyPurpose(READER, _("a helper who can read"), "plan:shared", "helper", HELPERS_MAY_FOR),
    KeyPurpose(COMMENTER, _("a helper who can read and comment"), "plan:shared", "helper", HELPERS_MAY_FOR),
]


def all_purposes() -> dict[str, KeyPurpose]:
    """Every purpose by its slug, in the order they were registered."""
    return {purpose.slug: purpose for purpose in registry.each("plan_keys")}


def make(plan: Plan, purpose: str, name: str, about: str = "") -> tuple[SharedKey, str]:
    """Make a key for `purpose`; return it, and the path that opens with it, which is shown this one time.

    `about` is the anchor of the one item that it is for, empty for the whole plan. Raises ValidationError where the
    plan has as many as it may.
    """
    if plan.shared_keys.lasting().count() >= MOST:
        raise ValidationError(FULL)
    made = all_purposes()[purpose]
    key = keys.new_shared_key(made.prefix or made.slug)
    ends_at = timezone.now() + made.lasts if made.lasts else None
    shared_key = SharedKey.objects.create(
        plan=plan, purpose=purpose, name=name, about=about, key_hash=keys.hashed(key), ends_at=ends_at
    )
    return shared_key, f"{reverse(made.url_name)}?key={key}"
