"""The tools of a guide: a name and an address below the guide's. An app adds its own in its Extension."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Tool:
    """A tool of every guide. `key` is its address below the guide's, `view` the name of the URL that serves it.

    `about` says in a sentence what it gives a reader, for pages that list tools.
    """

    key: str
    name: str | Promise
    view: str
    about: str | Promise = ""

    def url(self, guide: Any) -> str:
        """The tool's address for this guide."""
        return reverse(self.view, args=[guide.slug])


TOOLS: dict[str, Tool] = {}


def views() -> set[str]:
    """The URL names of all tools."""
    return {tool.view for tool in TOOLS.values()}
