"""Links in Markdown texts: where they are, and what of this site they lead to."""

from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.urls import Resolver404, resolve
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..models import markdown, markdown_parser

# What stands before a row's short name in its place on a page: see templates/guides/kinds/.
ANCHORS = {
    "skill": "guides.skill",
    "step": "guides.step",
    "route": "guides.route",
    "level": "guides.careerlevel",
    "question": "guides.question",
    "figure": "guides.figure",
}

# What a text refers to: a model's label, and the slugs that lead to the row, its guide's first.
Name = tuple[str, ...]


class EveryLink(MarkdownIt):
    """A parser to which every link is one: those too are looked at that readers would never be given."""

    def validateLink(self, url: str) -> bool:
        return True


_parser = markdown_parser.set_up(EveryLink("commonmark", markdown.OPTIONS))


def parse(text: str) -> list[Token]:
    """Return the tokens of a Markdown text."""
    return _parser.parse(text, markdown_parser.environment(text))


@lru_cache(maxsize=4096)
def addresses(text: str) -> tuple[str, ...]:
    """Return the address of each link of a Markdown text, as it stands there.

    The same texts are looked through at every opening and save of a form of their guide, so answers are kept.
    """
    children = (child for token in parse(text) for child in token.children or ())
    return tuple(str(child.attrGet("href")) for child in children if child.type == "link_open")


def names(text: str, guide: str) -> set[Name]:
    """Return what a text of the guide with the slug `guide` links to, shows, or names in a footnote: terms,
    guides, sections, rows of sections, pictures, sources.
    """
    linked = {name for address in addresses(text) for name in names_of(address, guide)}
    linked |= {("guides.picture", guide, slug) for slug in markdown.pictures_in(text)}
    return linked | {("guides.source", slug) for slug in markdown_parser.source_notes(text)}


def names_of(address: str, guide: str) -> Iterator[Name]:
    """Yield what the address of a link in a text of `guide` leads to, nothing where it is not of this site."""
    if address.startswith("glossary:"):
        yield "guides.term", address.removeprefix("glossary:")
    path, _hash, fragment = address.removeprefix(settings.SITE_URL).partition("#")
    if not path and fragment:
        yield "guides.section", guide, fragment
    if not path.startswith("/") or path.startswith("//"):
        return
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return
    if match.view_name == "guides:glossary" and fragment:
        yield "guides.term", fragment
    slug, section = match.kwargs.get("guide"), match.kwargs.get("section")
    if slug:
        yield "guides.guide", slug
        yield from _in_guide(slug, section, fragment)


def _in_guide(guide: str, section: str | None, fragment: str) -> Iterator[Name]:
    """Yield what an address below a guide leads to."""
    if section:
        yield "guides.section", guide, section
    if fragment:
        # A part's place on its section's page is its slug, a row's is its kind and its slug.
        yield "guides.section", guide, fragment
        kind, _dash, row = fragment.partition("-")
        if kind in ANCHORS and row:
            yield ANCHORS[kind], guide, row
