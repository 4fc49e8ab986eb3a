"""Views say how often one client may write; what serves every app counts (careerguide/throttle.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Limit:
    """At most `most` POSTs in `seconds` from one client to all views that share `name`."""

    name: str
    most: int
    seconds: int


def throttled(name: str, most: int, seconds: int) -> Callable[[View], View]:
    """Mark a view: more than `most` POSTs in `seconds` from one address are answered 429 with Retry-After."""

    def mark(view: View) -> View:
        view.limit = Limit(name, most, seconds)  # type: ignore[attr-defined]
        return view

    return mark


class TooManyWrites(Exception):
    """A client has come to a limit; `wait` is how many seconds it must wait. Raised by `request.spend(limit)`.

    For what only counts sometimes, such as a wrong key: a view counts it by hand, outside a transaction.
    """

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait
