"""What is filled into rendered texts where a guide is thawed: pictures, the sources that footnotes name, and names that
are unique on a page on which many texts stand.

Rendered texts hold `<img data-picture>`, `<cite data-source>` and `id="note-1"`, which nobody can type
(models/markdown.py).
"""

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Picture, Source

_NOTE = re.compile(r'="(#?note(?:ref)?)-')
_SOURCE = re.compile(r'<cite data-source="([-\w]+)"></cite>')
_IMAGE = r'<img data-picture="(?P<slug>[-\w]+)" alt="(?P<alt>[^"]*)" title="(?P<caption>[^"]*)">'
_PICTURE = re.compile(rf"<p>{_IMAGE}</p>|{_IMAGE.replace('?P<', '?P<in_line_')}")


def needs_filling(rendered: str) -> bool:
    """Whether `fill` would change a rendered text; most hold nothing of the kind."""
    return '="note' in rendered or " data-picture=" in rendered


def fill(
    rendered: str,
    name: str,
    sources: "Mapping[str, Source]",
    pictures: "Mapping[str, Picture]",
    dead: Collection[str] = (),
) -> str:
    """Return a rendered text with its pictures and sources; `name` tells its footnotes from those of all other texts.

    `sources` and `pictures` are those of the guide by short name. Of a picture that is not there its words stay, of a
    source its short name; the check before publishing names both. Readers are not led to addresses in `dead`.
    """

    def cite(match: re.Match[str]) -> str:
        source = sources.get(match[1])
        return escape(match[1]) if source is None else citation(source, source.url in dead)

    def show(match: re.Match[str]) -> str:
        is_alone = match["slug"] is not None
        prefix = "" if is_alone else "in_line_"
        picture, alt, caption = (match[prefix + part] for part in ("slug", "alt", "caption"))
        known = pictures.get(picture)
        if known is None:
            return f"<p>{alt}</p>" if is_alone else alt
        return known.html(alt, caption, is_alone)

    rendered = _NOTE.sub(rf'="\1-{name}-', rendered)
    return _PICTURE.sub(show, _SOURCE.sub(cite, rendered))


def citation(source: "Source", is_dead: bool = False) -> str:
    """Return how a footnote names a source: its publisher, and its title, which leads to it."""
    title = format_html('<a href="{}" rel="noopener">{}</a>', source.url, source.title) if source.url else source.title
    if is_dead:
        title = format_html("{} ({})", source.title, _("this page no longer answers"))
    return format_html("{}: <cite>{}</cite>.", source.publisher, title)
