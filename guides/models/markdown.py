"""Markdown to safe HTML, once, when a text is saved."""

import html
import re
from typing import TYPE_CHECKING, Any

import nh3
from django.db.models import Model
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from ..figures_in_texts import ATTEMPT

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "h3", "h4", "hr", "abbr"}
# maxNesting bounds what a text of nothing but brackets can cost.
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
_normalize = _parser.normalizeLink
TERM = re.compile(r"glossary:([-a-zA-Z0-9_]+)")
# The forms of address that say where they lead. One that begins with two slashes, or with what browsers take for them,
# looks like a page of ours and leads to another site; one that begins with none leads elsewhere from every page.
_ADDRESS = re.compile(r"https?://[^/\\?#]|mailto:|/(?![/\\])|#", re.IGNORECASE)


def says_where_it_leads(url: str) -> bool:
    """Whether readers may be given a link with the address `url`: http(s), mailto, or a place of this site."""
    return _ADDRESS.match(url) is not None


def _address(url: str) -> str:
    """Return a link's address: `glossary:ils` is the place of that term in the glossary."""
    term = TERM.fullmatch(url)
    return f"/glossary/#{term[1]}" if term else _normalize(url)


_parser.normalizeLink = _address  # type: ignore[method-assign]  # how its own docs replace it
_parser.validateLink = says_where_it_leads  # type: ignore[method-assign]


def _figure_name(state: StateInline, silent: bool) -> bool:
    """Leave the name of a figure as it is: what looks like emphasis in it is none."""
    match = ATTEMPT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


_parser.inline.ruler.before("escape", "figure_name", _figure_name)


def render(text: str) -> str:
    """Return `text`, Markdown, as HTML that holds nothing but `TAGS` and http(s), mailto or this site's own links.

    `[ILS](glossary:ils)` links to a term of the glossary. A link of any other form stays as it was typed, and
    so does the name of a figure, which is filled in where the text is read (figures_in_texts.py).
    """
    if not text:
        return ""
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    ).strip()


_OUTSIDE = re.compile(r'<a href="(https?://[^"]+)"')


def outside_addresses(rendered: str) -> set[str]:
    """Return the addresses with http or https that `rendered`, HTML of `render`, links to."""
    return {html.unescape(address) for address in _OUTSIDE.findall(rendered)}


if TYPE_CHECKING:
    _Base = Model
else:
    _Base = object


class RendersMarkdown(_Base):
    """A model some of whose fields are Markdown: `<field>_html` is rendered beside each on save."""

    markdown_fields: tuple[str, ...] = ()

    def render_markdown(self) -> None:
        """Bring every `<field>_html` up to date with its text."""
        for name in self.markdown_fields:
            setattr(self, f"{name}_html", render(getattr(self, name)))

    def outside_addresses(self) -> set[str]:
        """The addresses of other sites that its texts link to, as they were rendered last."""
        return set().union(*(outside_addresses(getattr(self, f"{name}_html")) for name in self.markdown_fields))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render_markdown()
        super().save(*args, **kwargs)
