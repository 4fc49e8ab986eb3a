"""The tools of the site, and the four doors that they stand behind. An app adds its own in its Extension."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Door:
    """One of the four things that people come for; the front page and the page of tools are ordered by them."""

    slug: str
    name: str | Promise
    about: str | Promise

    @property
    def picture(self) -> str:
        """The template that draws an example of what is behind it."""
        return f"guides/doors/{self.slug}.html"


FIND, CHECK, APPLY, KEEP = DOORS = (
    Door("find", _("Find a job"), _("What jobs there are, what they are like and what they pay.")),
    Door("check", _("Check yourself"), _("What a job asks for, what you bring, and what to do first.")),
    Door("apply", _("Apply"), _("What you send, and what you say when they call.")),
    Door("keep", _("Keep track"), _("What you mean to do and when, without an account.")),
)


def always(guide: Any) -> bool:
    """Said of a tool that has something to show whatever the guide holds."""
    return True


def there() -> bool:
    """Said of a tool of the site that always has something to show."""
    return True


@dataclass(frozen=True)
class Tool:
    """A tool of every guide. `key` is its address below the guide's, `view` the name of the URL that serves it.

    `about` says in a sentence what it gives a reader, `in_short` in a word or two for the front page. `door` is the one
    it stands behind, None for a page that only leads to other tools. `shows` is a template that shows of a `guide` what
    the tool gives; `drawing` and `gives` show that beside shared links: a drawing of publishing/share/tool.typ by its
    name, and three things in a few words each. `has_content` says of a guide, thawed or with its rows, whether it holds
    what the tool shows: no button leads readers to one that would be empty.
    """

    key: str
    name: str | Promise
    view: str
    about: str | Promise = ""
    has_content: Callable[[Any], bool] = always
    door: Door | None = FIND
    in_short: str | Promise = ""
    shows: str = ""
    drawing: str = ""
    gives: tuple[str | Promise, ...] = ()

    @property
    def slug(self) -> str:
        """Its address below the page of tools."""
        return self.key.rpartition("/")[2]

    def url(self, guide: Any) -> str:
        """The tool's address for this guide."""
        return reverse(self.view, args=[guide.slug])


@dataclass(frozen=True)
class SiteTool:
    """A tool with one address, whatever the guide: `view` is the name of its URL.

    `about` says in a sentence what it gives a reader; `in_short` gives a word or two for the front page, '' for none.
    `question` is one that leads to it straight from there. `drawing` and `gives` are those of a Tool.
    `is_there` says whether it has anything to show: nothing leads readers to one that would be empty.
    """

    key: str
    name: str | Promise
    view: str
    about: str | Promise
    door: Door = FIND
    in_short: Callable[[], str | Promise] = str
    question: str | Promise = ""
    is_there: Callable[[], bool] = there
    drawing: str = ""
    gives: tuple[str | Promise, ...] = ()

    @property
    def slug(self) -> str:
        """Its word in addresses."""
        return self.key

    @property
    def url(self) -> str:
        """The tool's address."""
        return reverse(self.view)


TOOLS: dict[str, Tool] = {}
SITE_TOOLS: dict[str, SiteTool] = {}


def offered(guide: Any) -> dict[str, Tool]:
    """The tools that have something to show of this guide, by key."""
    return {key: tool for key, tool in TOOLS.items() if tool.has_content(guide)}


def every() -> list[Tool | SiteTool]:
    """All tools, the site's before the guides'."""
    return [*SITE_TOOLS.values(), *TOOLS.values()]


def by_slug(slug: str) -> Tool | SiteTool | None:
    """The tool with that word in addresses, the site's before the guides'; None where no tool has it."""
    return next((tool for tool in every() if tool.slug == slug), None)


def by_view(view: str) -> Tool | SiteTool | None:
    """The tool that the URL name `view` serves; None where it serves no tool."""
    return next((tool for tool in every() if tool.view == view), None)


def views() -> set[str]:
    """The URL names of all tools of guides."""
    return {tool.view for tool in TOOLS.values()}
