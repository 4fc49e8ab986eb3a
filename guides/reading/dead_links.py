"""Links to pages that are gone: their words stay, and readers are not led there."""

import html
import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

_LINK = re.compile(r'<a href="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def strike(frozen: dict[str, Any], dead: Collection[str]) -> dict[str, Any]:
    """Take the links to the addresses `dead` out of the rendered texts of a frozen guide, in place; return it."""
    for plain in frozen["objects"] if dead else ():
        derived = plain.get("derived", {})
        for name, rendered in derived.items():
            if "<a href=" in rendered:
                derived[name] = _without(rendered, dead)
    return frozen


def _without(rendered: str, dead: Collection[str]) -> str:
    def words_of(link: re.Match[str]) -> str:
        return f"{link[2]} ({_('this page no longer answers')})" if html.unescape(link[1]) in dead else link[0]

    return _LINK.sub(words_of, rendered)
