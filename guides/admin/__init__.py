"""The editors' screens, one module for each."""

from . import editions, figures, guides, links, releases, reports, sections, shared_editions, sources, words

__all__ = [
    "editions",
    "figures",
    "guides",
    "links",
    "releases",
    "reports",
    "sections",
    "shared_editions",
    "sources",
    "words",
]
