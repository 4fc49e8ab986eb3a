"""Views say how often one client may write; what serves every app counts (careerguide/throttle.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """At most `most` POSTs in `seconds` from one client to all views that share `name`."""

    name: str
    most: int
    seconds: int


def throttled(name, most, seconds):
    """Mark a view: more than `most` POSTs in `seconds` from one address are answered 429 with Retry-After."""

    def mark(view):
        view.limit = Limit(name, most, seconds)
        return view

    return mark


class TooManyWrites(Exception):
    """A client has come to a limit; `wait` is how many seconds it must wait. Raised by `request.spend(limit)`.

    For what only counts sometimes, such as a wrong key: a view counts it by hand, outside a transaction.
    """

    def __init__(self, wait):
        super().__init__(wait)
        self.wait = wait
