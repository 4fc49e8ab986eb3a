"""The tools of a guide: a name and an address below the guide's. An app adds its own in its Extension."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


def always(guide: Any) -> bool:
    """Said of a tool that has something to show whatever the guide holds."""
    return True


@dataclass(frozen=True)
class Tool:
    """A tool of every guide. `key` is its address below the guide's, `view` the name of the URL that serves it.

    `about` says in a sentence what it gives a reader, for pages that list tools. `has_content` says of a guide, thawed
    or with its rows, whether it holds what the tool shows: no button leads readers to one that would be empty.
    """

    key: str
    name: str | Promise
    view: str
    about: str | Promise = ""
    has_content: Callable[[Any], bool] = always

    def url(self, guide: Any) -> str:
        """The tool's address for this guide."""
        return reverse(self.view, args=[guide.slug])


TOOLS: dict[str, Tool] = {}


def offered(guide: Any) -> dict[str, Tool]:
    """The tools that have something to show of this guide, by key."""
    return {key: tool for key, tool in TOOLS.items() if tool.has_content(guide)}


def views() -> set[str]:
    """The URL names of all tools."""
    return {tool.view for tool in TOOLS.values()}
