"""What an editor sees of a guide at one glance: each app says in its Extension what it holds, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise


def change_url(row: Model) -> str:
    """The address of the screen that edits `row`."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@dataclass(frozen=True)
class Item:
    """Something that a guide has: its name, the address of the screen that edits it, and how it stands."""

    name: str | Promise
    url: str = ""
    state: str | Promise = ""


@dataclass(frozen=True)
class Lack:
    """What is missing, and what that means for readers, in a person's words; `url` is where it is mended.

    `stops` says that the guide cannot be published without it.
    """

    text: str | Promise
    url: str
    stops: bool = False


@dataclass(frozen=True)
class Part:
    """A part of a guide: what there is of it, what is missing, and a link that adds to it."""

    slug: str
    name: str | Promise
    items: Sequence[Item] = ()
    lacks: Sequence[Lack] = ()
    add_name: str | Promise = ""
    add_url: str = ""

    @property
    def stops(self) -> bool:
        """Whether something is missing without which the guide cannot be published."""
        return any(lack.stops for lack in self.lacks)
