"""Links to pages that are gone: their words stay, and readers are not led there."""

import html
import re
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import URLField
from django.utils.translation import gettext as _

from ..registry import content_models

_LINK = re.compile(r'<a href="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def strike(frozen: dict[str, Any], dead: Collection[str]) -> dict[str, Any]:
    """Take the addresses `dead` out of a frozen guide or exercise, in place; return it.

    A rendered text keeps the link's words and says why they lead nowhere; a row whose address it is loses the address.
    """
    for plain in frozen["objects"] if dead else ():
        derived = plain.get("derived", {})
        for name, rendered in derived.items():
            derived[name] = without(rendered, dead)
        fields = plain["fields"]
        for name in [name for name in _address_fields(plain["model"]) if fields.get(name) in dead]:
            del fields[name]
    return frozen


def _address_fields(label: str) -> list[str]:
    """The fields of a model that hold an address; none of an app that is not installed any more."""
    if not content_models.is_known(label):
        return []
    return [field.name for field in apps.get_model(label)._meta.concrete_fields if isinstance(field, URLField)]


def without(rendered: str, dead: Collection[str]) -> str:
    """Return rendered Markdown without the links to `dead`."""
    if not dead or "<a href=" not in rendered:
        return rendered

    def words_of(link: re.Match[str]) -> str:
        return f"{link[2]} ({_('this page no longer answers')})" if html.unescape(link[1]) in dead else link[0]

    return _LINK.sub(words_of, rendered)
