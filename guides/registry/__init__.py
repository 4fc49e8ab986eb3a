"""What apps add to the site, and what the site asks of it: one Extension an app (extension.py)."""

from .extension import EXTENSIONS, Action, ComparedRow, Extension, Warning, add, each, remove
from .search_sources import NearestGuide, SearchEntry, SearchPlace, SearchSource

__all__ = [
    "EXTENSIONS",
    "Action",
    "ComparedRow",
    "Extension",
    "NearestGuide",
    "SearchEntry",
    "SearchPlace",
    "SearchSource",
    "Warning",
    "add",
    "each",
    "remove",
]
