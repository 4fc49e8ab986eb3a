"""What of a Markdown text does not reach readers as it was typed: each such place by its line and its words.

Every text is read twice: as readers get it, and as one that may hold anything. What the second reading finds and the
first has no place for is named. Last, the words themselves are counted, so that nothing is lost which no rule knows.
"""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

from django.apps import apps
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..models import Section, markdown, markdown_parser
from ..registry import content_models
from . import tables
from .places import Plain
from .text_faults import TextFault, line_of, quoted

# Headings inside a text start below the section's own, which is the page's second level.
FIRST_LEVEL, LAST_LEVEL = 3, 4

_WORD = re.compile(r"[^\W_]+")
_MARKERS = re.compile(r"^(?:[\s>*+-]|\d{1,9}[.)](?=\s))*")
_LABELS = re.compile(r"\[\^[^\]\s]+\]:?|(?<=\])\[[^\]\n]*\]|^[ \t>]*\[[^\]\n]+\]:|^Table: ", re.MULTILINE)
_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\]]+)\]:")
_NOTE_TEXT = re.compile(r"[\s>]*\[\^([^\]\s]+)\]:")
_NOTE = re.compile(r"\[\^([^\]\s]+)\](:?)")


# What would be a link, a picture or bold in Markdown.
_MARKDOWN = re.compile(r"!?\[[^\]\n]+\]\([^)\n]*\)|\*\*[^*\n]+\*\*")


class EveryConstruct(MarkdownIt):
    """A parser to which HTML is HTML and every address is one, as it stands."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


_parser = markdown_parser.set_up(EveryConstruct("commonmark", markdown.OPTIONS | {"html": True}))


def of_section(section: Section) -> Iterator[tuple[str, str]]:
    """Yield every Markdown text of a section and of its rows, with where it stands: `body`, or `points/0` of a row."""
    yield "body", section.body
    rows = section.kind_info.rows
    for number, row in enumerate(getattr(section, rows).all()) if rows else ():
        for name in getattr(row, "markdown_fields", ()):
            yield f"{rows}/{number}", getattr(row, name)


def of_content(content: Plain) -> Iterator[tuple[Plain, str]]:
    """Yield every Markdown text of a frozen guide with its section or row, as it was typed."""
    for plain in content["objects"]:
        model = apps.get_model(plain["model"]) if content_models.is_known(plain["model"]) else None
        for name in getattr(model, "markdown_fields", ()):
            if text := plain["fields"].get(name):
                yield plain, text


def faults(text: str, pictures: Collection[str] = (), sources: Collection[str] = ()) -> list[TextFault]:
    """Return what is wrong with a text, in the order of its lines; `pictures` and `sources` are those it may name."""
    # Most texts name neither, and what is said of them is the same whatever the guide holds.
    shown, cited = (frozenset(known if sign in text else ()) for known, sign in ((pictures, "!["), (sources, "[^")))
    return list(_faults(text, shown, cited, get_language()))


@lru_cache(maxsize=4096)
def _faults(
    text: str, pictures: frozenset[str], sources: frozenset[str], language: str | None
) -> tuple[TextFault, ...]:
    """Return what `faults` does, in `language`, the one that is active.

    The same texts are read at every opening and save of a form of their guide, so answers are kept.
    """
    tokens = _parser.parse(text, markdown_parser.environment(text))
    lines = text.split("\n")
    found = [
        *_headings(tokens, lines),
        *_blocks(tokens, lines),
        *_inline(tokens, lines, pictures),
        *_footnotes(tokens, lines, sources),
        *_definitions(lines),
        *tables.faults(tokens, lines),
    ]
    found += _lost(text, tokens, {fault.line for fault in found if fault.stops})
    return tuple(sorted(found, key=lambda fault: fault.line))


def faults_of_plain(text: str) -> list[TextFault]:
    """Return what is wrong with a text that readers get as it is typed: Markdown, whose signs they would see."""
    said = _("%(words)s: this is plain text, and readers would see the brackets and signs. Take them away.")
    return [
        TextFault(number, said % {"words": quoted(match[0])})
        for number, line in enumerate(text.split("\n"), start=1)
        for match in _MARKDOWN.finditer(line)
    ]


def _headings(tokens: list[Token], lines: list[str]) -> Iterator[TextFault]:
    """Headings that break the page's outline."""
    last = FIRST_LEVEL - 1
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        level, line = int(token.tag[1]), (token.map or [0])[0]
        words = {"level": level, "words": quoted(tokens[place + 1].content)}
        if not FIRST_LEVEL <= level <= LAST_LEVEL:
            said = _("%(words)s is a heading of level %(level)s, which is shown as plain text: write ### or ####.")
            yield TextFault(line + 1, said % words, stops=False)
        elif level > last + 1:
            said = _("%(words)s: the heading skips a level: #### needs a ### before it.")
            yield TextFault(line + 1, said % words, stops=False)
        last = max(level, FIRST_LEVEL - 1)


def _blocks(tokens: list[Token], lines: list[str]) -> Iterator[TextFault]:
    """HTML, which readers would see as it is typed, and code, whose lines would run into one."""
    for token in tokens:
        line = (token.map or [0])[0]
        if token.type == "html_block":
            yield TextFault(line + 1, _html(token.content))
        elif token.type == "code_block":
            said = _("%(words)s begins with four spaces or more, so it is shown as code: take them away.")
            yield TextFault(line + 1, said % {"words": quoted(token.content)}, stops=False)
        elif token.type == "fence":
            said = _("%(words)s begins a block of code, which texts cannot have: its lines run into one.")
            yield TextFault(line + 1, said % {"words": quoted(lines[line])})


def _html(words: str) -> str:
    said = _("%(words)s is HTML, which readers would see as it is typed. Write Markdown, and \\< for the sign itself.")
    return said % {"words": quoted(words)}


def _inline(tokens: list[Token], lines: list[str], pictures: Collection[str]) -> Iterator[TextFault]:
    """HTML inside of a paragraph, and images."""
    for token in tokens:
        if token.type != "inline":
            continue
        children = token.children or []
        for child in children:
            if child.type == "html_inline" and not child.content.startswith("</"):
                yield TextFault(line_of(child.content, token, lines), _html(child.content))
            elif child.type == "image":
                shown = [one for one in children if one.type != "text" or one.content.strip()]
                if message := _fault_of_image(child, pictures, is_alone=len(shown) == 1 and token.level == 1):
                    yield TextFault(line_of(str(child.attrGet("src")), token, lines), message)


def _fault_of_image(image: Token, pictures: Collection[str], is_alone: bool) -> str:
    """Return what is wrong with an image, in a sentence; empty where nothing is."""
    address, alternative = str(image.attrGet("src")), image.content.strip()
    named = markdown.PICTURE.fullmatch(address)
    words = {"words": quoted(f"![{image.content}]({address})"), "slug": named[1] if named else ""}
    if named is None:
        return _("%(words)s: an image is a picture of this guide: write ![what it shows](picture:short-name).") % words
    if named[1] not in pictures:
        return _("%(words)s: this guide has no picture with the short name '%(slug)s'.") % words
    if alternative == _("what it shows"):
        return _("%(words)s: the words in the square brackets are to be replaced: say what the picture shows.") % words
    if not alternative and image.attrGet("title") != markdown.DECORATION:
        return (
            _(
                "%(words)s: say in the square brackets what it shows, for those who cannot see it. If it only "
                'decorates, write ![](picture:%(slug)s "decoration").'
            )
            % words
        )
    if not is_alone:
        return _("%(words)s: put an empty line before and after a picture, and nothing beside it.") % words
    return ""


def _footnotes(tokens: list[Token], lines: list[str], sources: Collection[str]) -> Iterator[TextFault]:
    """Footnotes that lack their text, or that nothing leads to."""
    used = {
        child.meta.get("label") for token in tokens for child in token.children or () if child.type == "footnote_ref"
    }
    code = "".join(child.content for token in tokens for child in token.children or () if child.type == "code_inline")
    defined = [match[1] for line in lines if (match := _NOTE_TEXT.match(line))]
    for number, line in enumerate(lines, start=1):
        for match in _NOTE.finditer(line):
            label, words = match[1], {"words": quoted(match[0]), "label": match[1]}
            is_text = bool(match[2]) and _NOTE_TEXT.match(line) is not None and not line[: match.start()].strip(" >")
            if is_text and defined.count(label) > 1:
                # Readers get the last one.
                defined.remove(label)
                said = _("%(words)s: another text of the footnote '%(label)s' stands below, and takes its place.")
                yield TextFault(number, said % words)
            elif is_text and label not in used:
                yield TextFault(number, _("%(words)s: no place of the text has this footnote.") % words)
            elif not is_text and label not in used and match[0] not in code:
                said = _(
                    "%(words)s: the footnote has no text. Write it below, on a line of its own: [^%(label)s]: words."
                )
                yield TextFault(number, said % words)
            slug = label.removeprefix("source:")
            if slug != label and slug not in sources:
                yield TextFault(number, _("%(words)s: there is no source with this short name.") % words)


def _definitions(lines: list[str]) -> Iterator[TextFault]:
    """Addresses that stand below the text, `[name]: https://…`, and that no link has."""
    text, defined = "\n".join(lines).casefold(), set()
    for number, line in enumerate(lines, start=1):
        if (match := _DEFINITION.match(line)) is None:
            continue
        label, words = match[1].casefold(), {"words": quoted(line)}
        if label in defined:
            yield TextFault(number, _("%(words)s: there is an address of this name already.") % words)
        elif text.count(f"[{label}]") < 2:
            yield TextFault(number, _("%(words)s: no link of the text has this address.") % words)
        defined.add(label)


def _lost(text: str, tokens: list[Token], known: Collection[int]) -> Iterator[TextFault]:
    """Words that were typed and that readers do not get; lines in `known` are named already."""
    lines = [_MARKERS.sub("", line) for line in html.unescape(_LABELS.sub(" ", text)).split("\n")]
    words = {number: _WORD.findall(line) for number, line in enumerate(lines, start=1) if number not in known}
    missing = Counter(word for line in words.values() for word in line) - _words_shown(text, tokens)
    # What is lost stands at the end more often than at the beginning.
    for number in sorted(words, reverse=True) if missing else ():
        lost = [word for word in words[number] if missing[word]]
        missing -= Counter(lost)
        if lost:
            said = _("%(words)s does not reach readers: here is something that texts cannot have.")
            yield TextFault(number, said % {"words": quoted(" ".join(lost))})


def _words_shown(text: str, tokens: list[Token]) -> Counter[str]:
    """The words that readers get of a text: in what is shown, in the addresses of links and the words for pictures."""
    rendered = markdown.render(text)
    seen = html.unescape(strip_tags(rendered.replace("<", " <")))
    beside = [html.unescape(value) for value in re.findall(r' (?:data-picture|alt|title|start)="([^"]*)"', rendered)]
    hrefs = [
        str(child.attrGet("href")) for token in tokens for child in token.children or () if child.type == "link_open"
    ]
    sources = [
        f"picture {child.attrGet('src')}" for token in tokens for child in token.children or () if child.type == "image"
    ]
    return Counter(word for part in (seen, *beside, *hrefs, *sources) for word in _WORD.findall(part))
