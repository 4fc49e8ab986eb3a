"""What a page that is kept ready depends on, by name: a change makes only those pages old that it concerns.

Every page depends on what concerns EVERYTHING. A page of a guide depends on that guide besides; what a page depends on
whose view has `depends_on` stands there. The page of any other view depends on every change there is.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.urls import Resolver404, resolve

# Concerns of a page beside EVERYTHING; None where every change makes it old.
Concerns = tuple[str, ...] | None
View = TypeVar("View", bound=Callable[..., Any])

EVERYTHING = ""
# Which postings there are. That there are any for a job is said on pages of guides and occupations: of EVERYTHING.
OPENINGS = "openings"


def pages_of(guide: str) -> str:
    """The pages of the guide with that slug: what it alone says, which no other page shows."""
    return f"guide {guide}"


def depends_on(*concerns: str) -> Callable[[View], View]:
    """Mark a view that is the same for everyone: of what does not concern EVERYTHING its page shows these alone.

    Without any it shows of a guide no more than its listing holds, the days of it left out.
    """

    def mark(view: View) -> View:
        view.concerns = concerns  # type: ignore[attr-defined]
        return view

    return mark


def concerns_of(path: str) -> Concerns:
    """Return the concerns of the page at that address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if "guide" in match.kwargs:
        return (pages_of(match.kwargs["guide"]),)
    concerns: Concerns = getattr(match.func, "concerns", None)
    return concerns
