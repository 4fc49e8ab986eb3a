"""What search finds of the guides' own pages beside the guides: the terms of the glossary."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..models import Term
from ..registry.search_sources import SearchEntry, SearchSource


def terms() -> Iterator[SearchEntry]:
    """Every term of the glossary."""
    for term in Term.objects.live():
        names = [term.long_name] if term.long_name else []
        yield SearchEntry(term.slug, term.name, term.get_absolute_url(), term.definition, names)


def version() -> str:
    """What the terms say. It asks for no address: a start of the site need not read all of its URLs for that."""
    said = [(term.slug, term.name, term.long_name, term.definition) for term in Term.objects.live()]
    return hashlib.sha256(repr(sorted(said)).encode()).hexdigest()


SOURCES = [SearchSource("glossary", _("glossary"), terms, version, counts=0.2)]
