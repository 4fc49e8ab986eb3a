"""Markdown to safe HTML, once, when a text is saved."""

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import nh3
from django.db.models import Model
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ..figures_in_texts import ATTEMPT
from . import markdown_parser

# What texts are made of; what stands for pictures and sources until a guide is thawed (texts_filled_in.py).
TAGS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "h3", "h4", "hr", "abbr",
    "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "sup", "cite", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "id", "role", "aria-label"},
    "ol": {"start", "class", "aria-label"},
    "li": {"id", "tabindex"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "th": {"scope", "class"},
    "td": {"class"},
    "cite": {"data-source"},
    "img": {"data-picture", "alt", "title"},
}
# maxNesting bounds what a text of nothing but brackets can cost.
OPTIONS = {"html": False, "linkify": False, "maxNesting": 20}
_parser = markdown_parser.set_up(MarkdownIt("commonmark", OPTIONS))
_normalize = _parser.normalizeLink
TERM = re.compile(r"glossary:([-a-zA-Z0-9_]+)")
PICTURE = re.compile(r"picture:([-a-zA-Z0-9_]+)")
_SHOWN = re.compile(r"\]\(<?picture:([-a-zA-Z0-9_]+)")
# What an editor writes in the place of a caption where a picture says nothing: a screen reader passes over it.
DECORATION = "decoration"
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


def _may_stand(url: str) -> bool:
    """Whether a link or an image has an address that readers may be given."""
    return says_where_it_leads(url) or PICTURE.fullmatch(url) is not None


_parser.normalizeLink = _address  # type: ignore[method-assign]  # how its own docs replace it
_parser.validateLink = _may_stand  # type: ignore[method-assign]


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


def _image(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """A picture of the guide by its short name; of any other image, which readers cannot be given, its words."""
    token = tokens[place]
    words = html.escape(self.renderInlineAsText(token.children, options, env))  # type: ignore[attr-defined]
    picture = PICTURE.fullmatch(str(token.attrGet("src")))
    if picture is None:
        return words
    caption = html.escape(str(token.attrGet("title") or ""))
    return f'<img data-picture="{picture[1]}" alt="{words}" title="{caption}">'


_parser.add_render_rule("image", _image)


@lru_cache(maxsize=2048)
def render(text: str) -> str:
    """Return `text`, Markdown, as HTML that holds nothing but `TAGS` and http(s), mailto or this site's own links.

    `[ILS](glossary:ils)` links to a term of the glossary. A link of any other form stays as it was typed, and
    so does the name of a figure, which is filled in where the text is read (figures_in_texts.py), as are pictures,
    and the sources that footnotes name (texts_filled_in.py). A text is shown at each opening of its form, and again
    when it is saved, so the newest answers are kept.
    """
    if not text:
        return ""
    return nh3.clean(
        _parser.render(text, markdown_parser.environment(text)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    ).strip()


def pictures_in(text: str) -> list[str]:
    """Return the short names of the pictures that `text`, Markdown, shows."""
    return _SHOWN.findall(text)


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

    def source_notes(self) -> set[str]:
        """The short names of the sources that footnotes in its texts name."""
        return {slug for name in self.markdown_fields for slug in markdown_parser.source_notes(getattr(self, name))}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render_markdown()
        super().save(*args, **kwargs)
