"""Preview: an edition that is not live, exactly as readers would see it.

The reading views themselves make the page: only where they get the guide from differs, and all their links stay inside
the preview. A signed address that expires opens it, so a colleague needs no login, and the page needs no session.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from csp.decorators import csp_replace
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from ..models import Edition, Guide
from ..publishing import editions
from ..reading import reader
from ..registry import tools

LASTS = timedelta(days=7)
_signer = signing.TimestampSigner(salt="guides.preview")
# The pages of a guide that a preview shows; every other address leaves it.
GUIDE_PAGES = {"guides:guide", "guides:section", "guides:print", "guides:sources"}


def token_for(guide: Guide, edition: Edition | None = None) -> str:
    """Return the signed part of a preview's address: of one edition, or of the guide's draft as it goes on."""
    return _signer.sign(f"e{edition.pk}" if edition else f"g{guide.pk}")


def url_for(guide: Guide, edition: Edition | None = None, section: str = "") -> str:
    """Return the address of a preview, of the whole guide or with one section open."""
    page = "guides:section" if section else "guides:guide"
    inner = reverse(page, args=[guide.slug, section] if section else [guide.slug])
    return reverse("guides:preview", args=[token_for(guide, edition), inner.removeprefix("/")])


def edition_of(token: str) -> Edition:
    """Return the edition that a token opens. Raises signing.BadSignature, or Http404 where it is gone."""
    subject = _signer.unsign(token, max_age=LASTS)
    key = int(subject[1:])
    if subject[0] == "e":
        edition = Edition.objects.select_related("guide").filter(pk=key).first()
    else:
        guide = Guide.objects.filter(pk=key).first()
        edition = editions.newest(guide) if guide else None
    if edition is None:
        raise Http404
    return edition


@contextmanager
def links_below(prefix: str) -> Iterator[None]:
    """Have every address that is made meanwhile begin with `prefix`."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


def _hidden(response: HttpResponse) -> HttpResponse:
    """Keep `response` out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # its types know no view with arguments
def preview(request: HttpRequest, token: str, path: str) -> HttpResponse:
    """A page of a guide as it would be: no-store, not for search engines, and our own admin may frame it."""
    try:
        edition = edition_of(token)
    except signing.BadSignature:
        return _hidden(render(request, "guides/preview_over.html", {"days": LASTS.days}, status=403))
    inner = f"/{path}"
    try:
        match = resolve(inner)
    except Resolver404:
        raise Http404 from None
    if match.view_name not in GUIDE_PAGES | tools.views() or match.kwargs["guide"] != edition.guide.slug:
        return _hidden(HttpResponseRedirect(inner))
    with reader.previewing(edition), links_below(request.path.removesuffix(path)):
        return _hidden(match.func(request, *match.args, **match.kwargs))
