"""What an editor sees of a guide at one glance: each app says in its Extension what it holds, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from . import kinds


def change_url(row: Model) -> str:
    """The address of the screen that edits `row`."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def where_rows_go(guide: Any, rows: str, slug: str = "") -> str:
    """The address at which rows are added to a guide: in a section that holds such, with the address `slug` if that is
    given; without one, where such a section is added.
    """
    holding = [kind.slug for kind in kinds.KINDS.values() if kind.rows == rows]
    sections = guide.sections.filter(kind__in=holding)
    section = (sections.filter(slug=slug) if slug else sections).order_by("position", "pk").first()
    if section:
        return f"{change_url(section)}#{rows}-group"
    new = {"guide": guide.pk, "kind": holding[0]} | ({"slug": slug} if slug else {})
    return f"{reverse('admin:guides_section_add')}?{urlencode(new)}"


@dataclass(frozen=True)
class Item:
    """Something that a guide has: its name, the address of the screen that edits it, and how it stands."""

    name: str | Promise
    url: str = ""
    state: str | Promise = ""


@dataclass(frozen=True)
class Lack:
    """What is missing, and what that means for readers, in a person's words; `url` is where it is mended.

    `stops` says that the guide cannot be published without it, `is_unread` that it was copied and not looked at.
    """

    text: str | Promise
    url: str
    stops: bool = False
    is_unread: bool = False


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
