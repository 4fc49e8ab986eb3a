"""Views whose answer is the same bytes for every reader, said where the view stands.

What keeps ready pages asks `is_same_for_everyone`; such a view cannot read who asks.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

View = Callable[..., HttpResponse]


class ReadsThePerson(Exception):
    """A view that is marked as the same for everyone reads a cookie, a session or a user, or asks for a token."""


class _Refusing:
    """Stands where a request has what tells one person from another, and refuses to be read."""

    _name: str

    def __init__(self, name: str) -> None:
        self.__dict__["_name"] = name

    def _refuse(self, *args: Any) -> Any:
        raise ReadsThePerson(f"This page is the same for everyone: it cannot read request.{self._name}.")

    __getattr__ = __getitem__ = __contains__ = __iter__ = __len__ = __bool__ = __setitem__ = __setattr__ = _refuse


PERSONAL = ("COOKIES", "session", "user", "_messages")


def same_for_everyone(view: View) -> View:
    """Mark a view: its answer depends on the address alone, so it may be made once and sent to every reader.

    Reading a cookie, the session, the user or a message in it, or asking for a CSRF token, raises ReadsThePerson.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = {name: request.__dict__[name] for name in PERSONAL if name in request.__dict__}
        request.__dict__.update({name: _Refusing(name) for name in PERSONAL})
        try:
            response = view(request, *args, **kwargs)
        finally:
            for name in PERSONAL:
                del request.__dict__[name]
            request.__dict__.update(kept)
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            raise ReadsThePerson("This page is the same for everyone: it cannot hold a CSRF token.")
        return response

    guarded.same_for_everyone = True  # type: ignore[attr-defined]
    return guarded


def is_same_for_everyone(path: str) -> bool:
    """Whether the view at that address is marked as the same for everyone."""
    try:
        return getattr(resolve(path).func, "same_for_everyone", False)
    except Resolver404:
        return False
