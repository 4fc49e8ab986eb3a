"""Which words are addresses of the site itself, by the URL configuration."""

import re
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

BELOW_A_GUIDE = "guides/<slug:guide>/"
# Words below a guide's address that are kept for pages to come.
TO_COME = frozenset({"ask", "exercises", "openings"})
# Words that sections of guides had before the site took them: below a guide they still lead to the section.
SHARED = frozenset({"tools"})
WORD = re.compile(r"[-\w]+")


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
