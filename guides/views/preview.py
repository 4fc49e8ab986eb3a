"""Preview: an edition that is not live, exactly as readers would see it.

The reading views themselves make the page: only where they get the guide from differs, and all their links stay inside
the preview. To an editor their session opens it; to a colleague without a login a link, which ends by itself or when an
editor ends it (guides/models/preview_links.py).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from csp.decorators import csp_replace
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from ..models import Edition, Guide, PreviewLink
from ..models.preview_links import LASTS
from ..publishing import editions
from ..reading import reader
from ..registry import tools

# The pages of a guide that a preview shows; every other address leaves it.
GUIDE_PAGES = {"guides:guide", "guides:section", "guides:print", "guides:sources"}
# How an editor's own preview is named in its address: it is no secret, and opens nothing without their session.
OWN = re.compile(r"(draft|edition)-([0-9]{1,18})")


class IsOver(Exception):
    """The address opens nothing, or nothing any more."""


def own_token(guide: Guide, edition: Edition | None = None) -> str:
    """How an address names a preview to those who are signed in: one edition, or the guide's draft as it goes on."""
    return f"edition-{edition.pk}" if edition else f"draft-{guide.pk}"


def url_for(guide: Guide, token: str, section: str = "") -> str:
    """Return the address of a preview, of the whole guide or with one section open."""
    page = "guides:section" if section else "guides:guide"
    inner = reverse(page, args=[guide.slug, section] if section else [guide.slug])
    return reverse("guides:preview", args=[token, inner.removeprefix("/")])


def edition_of(request: HttpRequest, token: str) -> Edition:
    """Return the edition that an address opens to whoever asks. Raises IsOver, or Http404 where it is gone."""
    if own := OWN.fullmatch(token):
        edition = _own_edition(request, own[1], int(own[2]))
    else:
        link = PreviewLink.objects.opened_by(token)
        if link is None:
            raise IsOver
        edition = link.edition or editions.newest(link.guide)
    if edition is None:
        raise Http404
    return edition


def _own_edition(request: HttpRequest, what: str, key: int) -> Edition | None:
    """The same for somebody who is signed in and may see it in the admin."""
    if not admin.site.has_permission(request):
        raise IsOver
    right = "guides.view_edition" if what == "edition" else "guides.view_guide"
    if not request.user.has_perm(right):
        raise IsOver
    if what == "edition":
        return Edition.objects.select_related("guide").filter(pk=key).first()
    guide = Guide.objects.filter(pk=key).first()
    return editions.newest(guide) if guide else None


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
        edition = edition_of(request, token)
    except IsOver:
        return _hidden(render(request, "guides/preview_over.html", {"days": LASTS.days}, status=403))
    inner = f"/{path}"
    try:
        match = resolve(inner)
    except Resolver404:
        raise Http404 from None
    if match.view_name not in GUIDE_PAGES | tools.views() or match.kwargs["guide"] != edition.guide.slug:
        return _hidden(HttpResponseRedirect(inner))
    if not OWN.fullmatch(token):
        # Whoever opens a link may not know what a draft is: the page says it.
        request.shared_edition = edition  # type: ignore[attr-defined]
    with reader.previewing(edition), links_below(request.path.removesuffix(path)):
        return _hidden(match.func(request, *match.args, **match.kwargs))
