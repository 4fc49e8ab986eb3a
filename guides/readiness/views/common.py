"""What the pages of both checks share."""

from typing import Any

from django.http import QueryDict

from guides.plan import access, keys
from guides.registry.requests import CountedHttpRequest
from guides.registry.throttling import TooManyWrites

from .. import saving


def repeated(query: QueryDict, *names: str) -> str:
    """The first of `names` that stands in the query string more than once, or an empty string."""
    return next((name for name in names if len(query.getlist(name)) > 1), "")


def kept_before(request: CountedHttpRequest, subject: saving.Subject) -> dict[str, Any]:
    """What a result says of the one that the browser's plan holds: `stored`, what changed `since`, and if it `is_kept`.

    A key that opens nothing shows nothing: the result needs no plan.
    """
    key = request.COOKIES.get(keys.cookie_name())
    try:
        stored = saving.earlier(access.find(request, key), subject) if key else None
    except (access.UnknownKey, TooManyWrites):
        stored = None
    is_kept = stored is not None and stored.query == subject.kept.query
    return {"stored": stored, "since": saving.since(stored, subject), "is_kept": is_kept}
