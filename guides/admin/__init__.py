"""The editors' screens, one module for each."""

from . import (
    batches,
    editions,
    feedback,
    figures,
    guides,
    links,
    pictures,
    releases,
    reports,
    sections,
    shared_editions,
    sources,
    words,
)

__all__ = [
    "batches",
    "editions",
    "feedback",
    "figures",
    "guides",
    "links",
    "pictures",
    "releases",
    "reports",
    "sections",
    "shared_editions",
    "sources",
    "words",
]
