"""A document as plain text, the way a tracking system reads it, and as Markdown."""

import re
from textwrap import fill
from typing import Any

from .blocks import Document

WIDTH = 88
# What Markdown would take as markup, wherever it stands, and at the start of a line.
MARKUP = re.compile(r"([\\`*_\[\]<>|~#&])")
LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|=|-|$)", re.MULTILINE)


def plain_text(document: Document) -> str:
    """Return the document as text: sections apart, one thought a line, no markup."""
    return "\n\n".join(_as_text(block) for block in document.blocks) + "\n"


def _as_text(block: Any) -> str:
    match block.kind:
        case "head":
            return "\n".join(filter(None, [block.name, block.label, *block.contact]))
        case "heading":
            return str(block.text).upper()
        case "entry":
            return "\n".join(filter(None, [", ".join(filter(None, [block.title, block.where])), block.dates]))
        case "points":
            return "\n".join(wrapped(item, "- ", "  ") for item in block.items)
        case "code":
            return f"{block.text}\n{block.address}"
    return "\n".join(wrapped(line) for line in block.text.splitlines())


def wrapped(text: str, first: str = "", others: str = "") -> str:
    """Return `text` in lines; words and addresses stay whole, so that what is copied is what was written."""
    return fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def markdown(document: Document) -> str:
    """Return the document as Markdown; what a person typed stays text."""
    return "\n\n".join(_as_markdown(block) for block in document.blocks) + "\n"


def _as_markdown(block: Any) -> str:
    match block.kind:
        case "head":
            return "\n\n".join([f"# {escape(block.name)}", *map(escape, filter(None, [block.label, *block.contact]))])
        case "heading":
            return f"## {escape(block.text)}"
        case "entry":
            rest = " · ".join(filter(None, [block.where, block.dates]))
            return "\n\n".join(filter(None, [f"### {escape(block.title)}", escape(rest)]))
        case "points":
            return "\n".join(f"- {escape(item)}" for item in block.items)
        case "code":
            return f"{escape(block.text)}  \n{escape(block.address)}"
    return "  \n".join(escape(line) for line in block.text.splitlines())


def escape(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, on one line."""
    return LINE_START.sub(r"\1\\\2", MARKUP.sub(r"\\\1", " ".join(text.split())))
