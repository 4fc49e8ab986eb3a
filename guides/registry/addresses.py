"""Addresses by the URL configuration: those of sections, and which words are addresses of the site itself."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.urls import URLPattern, URLResolver, get_resolver, get_script_prefix, reverse

BELOW_A_GUIDE = "guides/<slug:guide>/"
# Words below a guide's address that are kept for pages to come.
TO_COME = frozenset({"ask", "exercises", "openings"})
# Words that sections of guides had before the site took them: below a guide they still lead to the section.
SHARED = frozenset({"tools"})
WORD = re.compile(r"[-\w]+")


def of_section(guide: str, section: str) -> str:
    """Return the address of a guide's section. They are kept: a guide's page needs a hundred."""
    return _of_section(get_script_prefix(), guide, section)


@lru_cache(4_000)
def _of_section(prefix: str, guide: str, section: str) -> str:
    # `reverse` puts the prefix first, which a preview has a different one of.
    return reverse("guides:section", args=[guide, section])


def reserved_slugs() -> set[str]:
    """The words that stand below a guide's address, or first in one of the site's: no section can have them."""
    words = set(TO_COME)
    for route in _routes(get_resolver().url_patterns):
        path = route.removeprefix(BELOW_A_GUIDE)
        if word := WORD.match(path):
            words.add(word[0])
    return words - SHARED


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of `patterns` as it is written, those of included modules too."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
