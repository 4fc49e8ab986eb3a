"""What Markdown a text may hold: CommonMark, tables, footnotes; and how tables and footnotes stand on a page."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

# What a footnote names a source with: no text of its own is needed.
SOURCE_NOTE = re.compile(r"\[\^source:([-\w]+)\]")
# The paragraph before a table that says what it shows.
CAPTION = "Table: "
_ALIGNED = {"text-align:right": "align-end", "text-align:center": "align-center"}


def set_up(parser: MarkdownIt) -> MarkdownIt:
    """Teach `parser`, one for CommonMark, all that texts may hold beside it; return it."""
    parser.enable("table").use(footnote_plugin, inline=False)
    parser.core.ruler.push("tables", _tables)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def environment(text: str) -> dict[str, Any]:
    """Return what a parser needs to know before it reads `text`: footnotes that name a source have no text there."""
    return {"footnotes": {"refs": {f":source:{slug}": -1 for slug in source_notes(text)}, "list": {}}}


def source_notes(text: str) -> list[str]:
    """Return the short names of the sources that footnotes in `text` name."""
    return SOURCE_NOTE.findall(text) if "[^source:" in text else []


def _tables(state: StateCore) -> None:
    """Give each table its caption, its rows their headings, and its cells a class where they are aligned."""
    tokens = state.tokens
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            token.meta["caption"] = _caption_before(tokens, place)
        elif token.type in {"th_open", "td_open"}:
            _make_cell(tokens, place)
    state.tokens = [token for token in tokens if not token.meta.get("is_caption")]


def _caption_before(tokens: list[Token], place: int) -> Token | None:
    """Return the inline token of the caption before the table at `place`, its paragraph marked as taken."""
    before = tokens[max(place - 3, 0) : place]
    if len(before) < 3 or before[0].type != "paragraph_open" or not before[1].content.startswith(CAPTION):
        return None
    for token in before:
        token.meta["is_caption"] = True
    first = (before[1].children or [])[0]
    first.content = first.content.removeprefix(CAPTION)
    return before[1]


def _make_cell(tokens: list[Token], place: int) -> None:
    """Make a cell a heading or none: the first of each row names the row, an empty one names nothing."""
    cell, inside, closing = tokens[place : place + 3]
    aligned = _ALIGNED.get(str(cell.attrs.pop("style", "")))
    if aligned:
        cell.attrSet("class", aligned)
    is_first = tokens[place - 1].type == "tr_open"
    if cell.tag == "td" and not is_first:
        return
    scope = "col" if cell.tag == "th" else "row"
    cell.tag = closing.tag = "th" if inside.content.strip() else "td"
    if cell.tag == "th":
        cell.attrSet("scope", scope)


def _table_open(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """A table in a box that scrolls by itself, by keyboard too, and so needs a name."""
    caption = tokens[place].meta.get("caption")
    if caption is not None:
        words = _plain(caption)
        shown = f"<caption>{self.renderInline(caption.children or [], options, env)}</caption>\n"  # type: ignore[attr-defined]
    else:
        words, shown = ", ".join(_headings(tokens, place)), ""
    return (
        f'<div class="table-scroll" role="group" tabindex="0" aria-label="{escape(_("Table: %s") % words)}">'
        f"<table>\n{shown}"
    )


def _headings(tokens: Sequence[Token], place: int) -> Iterator[str]:
    """Yield the headings of the columns of the table that opens at `place`."""
    for token in tokens[place:]:
        if token.type == "thead_close":
            return
        if token.type == "inline" and (words := _plain(token)):
            yield words


def _plain(token: Token) -> str:
    """What an inline token says, without its marks."""
    return "".join(child.content for child in token.children or () if child.type != "footnote_ref").strip()


def _table_close(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>\n"


# Two texts may stand on one page: `note-` is made unique where a guide is thawed (texts_filled_in.py).
def _name(token: Token, is_reference: bool) -> str:
    number = str(token.meta["id"] + 1)
    again = token.meta.get("subId", 0)
    return f"noteref-{number}{f'-{again + 1}' if again else ''}" if is_reference else f"note-{number}"


def _reference(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[place]
    number = token.meta["id"] + 1
    return (
        f'<sup><a class="noteref" id="{_name(token, True)}" href="#{_name(token, False)}" role="doc-noteref" '
        f'aria-label="{escape(_("Note [%d]") % number)}">[{number}]</a></sup>'
    )


def _notes_open(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    return f'<ol class="notes" aria-label="{escape(_("Notes"))}">\n'


def _notes_close(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return "</ol>\n"


def _note_open(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[place]
    slug = str(token.meta.get("label") or "").removeprefix("source:")
    is_bare = tokens[place + 1].type == "footnote_anchor" and slug != token.meta.get("label")
    source = f'<cite data-source="{escape(slug)}"></cite>' if is_bare else ""
    # It takes the focus, so that whoever follows the number by keyboard goes on from here.
    return f'<li id="{_name(token, False)}" tabindex="-1">{source}'


def _note_close(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    return "</li>\n"


def _way_back(self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[place]
    label = escape(_("Back to note %d in the text") % (token.meta["id"] + 1))
    # The sign after the arrow keeps phones from showing an emoji.
    return f' <a class="notes__back" href="#{_name(token, True)}" role="doc-backlink" aria-label="{label}">↩\ufe0e</a>'


RULES = {
    "table_open": _table_open,
    "table_close": _table_close,
    "footnote_ref": _reference,
    "footnote_block_open": _notes_open,
    "footnote_block_close": _notes_close,
    "footnote_open": _note_open,
    "footnote_close": _note_close,
    "footnote_anchor": _way_back,
}
