"""What the pages of both checks share."""

from django.utils.cache import add_never_cache_headers


def private(response):
    """Mark an answer as one person's: stored nowhere, in no search engine."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def repeated(query, *names):
    """The first of `names` that stands in the query string more than once, or an empty string."""
    return next((name for name in names if len(query.getlist(name)) > 1), "")
