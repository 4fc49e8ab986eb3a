"""The forms that feeds have: each says how it is recognized and read. An app adds its own in its Extension.

FeedForm("guild", "The guild's list", recognizes, read)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from guides import registry

from .documents import Document
from .found import FeedContent, Unreadable


@dataclass(frozen=True)
class FeedForm:
    """A form of feed. `recognizes` says whether a document has it; `read` gives what it holds, and raises Unreadable
    where the document turns out to be something else. The first form that recognizes a document reads it."""

    slug: str
    name: str | Promise
    recognizes: Callable[[Document], bool]
    read: Callable[[Document], FeedContent]


def every() -> dict[str, FeedForm]:
    """Every form by its slug, in the order in which they are tried."""
    return {form.slug: form for form in registry.each("feed_forms")}


def recognized(document: Document) -> FeedForm:
    """Return the form that a document has. Raises Unreadable where nobody knows it."""
    for form in every().values():
        if form.recognizes(document):
            return form
    if document.is_html:
        raise Unreadable("It is a page for people that marks no job posting: give the address of its feed.")
    raise Unreadable("It is no feed of a form that this site knows.")
