"""What stands behind each of the four doors: the tools that have something to show, on this site as it is now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import ngettext

from .. import formats, freezing
from ..models import Edition, Listing
from ..registry.tools import DOORS, SITE_TOOLS, TOOLS, Door, Tool
from . import reader


@dataclass(frozen=True)
class ShownTool:
    """A tool as pages show it; `of_guide` says that one first chooses for which job."""

    name: str | Promise
    about: str | Promise
    url: str
    in_short: str | Promise = ""
    question: str | Promise = ""
    of_guide: bool = False


@dataclass(frozen=True)
class ShownDoor:
    """A door, and the tools behind it."""

    door: Door
    tools: list[ShownTool]

    @property
    def in_short(self) -> str:
        """What is behind it, in a line."""
        return capfirst(", ".join(str(tool.in_short) for tool in self.tools if tool.in_short))


def doors() -> list[ShownDoor]:
    """Return the doors that something stands behind."""
    keys = offered_somewhere(key for key, tool in TOOLS.items() if tool.door)
    # Several tools may ask the same of the database: once for a page.
    is_there = cache(lambda question: question())
    shown = [ShownDoor(door, [*_of_guides(door, keys), *_of_site(door, is_there)]) for door in DOORS]
    return [each for each in shown if each.tools]


def _of_site(door: Door, is_there: Callable[[Callable[[], bool]], bool]) -> list[ShownTool]:
    tools = [tool for tool in SITE_TOOLS.values() if tool.door == door and is_there(tool.is_there)]
    return [ShownTool(tool.name, tool.about, tool.url, tool.in_short(), tool.question) for tool in tools]


def _of_guides(door: Door, keys: set[str]) -> list[ShownTool]:
    tools = [tool for key, tool in TOOLS.items() if tool.door == door and key in keys]
    return [
        ShownTool(tool.name, tool.about, reverse("guides:tool", args=[tool.slug]), tool.in_short, of_guide=True)
        for tool in tools
    ]


def offered_somewhere(keys: Iterable[str]) -> set[str]:
    """Return those tools that some live guide has something for. One query, however many guides there are.

    Guides are thawed for a tool alone that is newer than their listings, and no more than it takes.
    """
    wanted, listed = set(keys), list(Listing.objects.order_by().values_list("tools", flat=True).distinct())
    there = {key for key in wanted if any(tools.get(key) for tools in listed)}
    new = {key for key in wanted - there if any(key not in tools for tools in listed)}
    editions = Edition.objects.live().order_by("pk").iterator(chunk_size=10) if new else ()
    for edition in editions:
        guide = reader.arrange(freezing.thaw(edition.content), edition).guide
        there |= {key for key in new - there if TOOLS[key].has_content(guide)}
        if new <= there:
            break
    return there


def having_content(tool: Tool, listings: Iterable[Listing]) -> list[Listing]:
    """Return those of `listings` whose guides `tool` has something to show of. One query at most."""
    listings = list(listings)
    new = [listing.slug for listing in listings if tool.key not in listing.tools]
    has = {reading.guide.slug: tool.has_content(reading.guide) for reading in (reader.several(new) if new else ())}
    return [listing for listing in listings if listing.tools.get(tool.key, has.get(listing.slug))]


def guides_in_short() -> str:
    """The number of guides, in words; '' where there is none."""
    count = Listing.objects.count()
    return ngettext("%(number)s guide", "%(number)s guides", count) % {"number": formats.number(count)} if count else ""
