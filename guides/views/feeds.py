"""What programs read: the sitemap, robots.txt, the feed of published changes, the JSON Schema."""

from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import registry
from ..models import Edition, Listing
from ..publishing.guide_schema import guide_schema
from ..reading.linked_data import absolute
from ..registry.public_pages import same_for_everyone

IN_FEED = 50


@require_safe
@same_for_everyone
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that a search engine should know, each with the moment it last changed."""
    moments = Listing.objects.order_by("slug").values_list("slug", "published_at")
    changed = {slug: moment.isoformat(timespec="seconds") for slug, moment in moments}
    newest = max(changed.values(), default=None)
    lists = [(absolute(reverse(f"guides:{name}")), newest) for name in ("home", "list")]
    others = [(absolute(reverse(f"guides:{name}")), None) for name in ("glossary", "accessibility", "privacy")]
    guides = [(absolute(reverse("guides:guide", args=[slug])), moment) for slug, moment in changed.items()]
    added = [(absolute(url), moment) for pages in registry.each("sitemap") for url, moment in pages()]
    context = {"pages": [*lists, *guides, *added, *others]}
    return render(request, "sitemap.xml", context, content_type="application/xml")


@require_safe
@same_for_everyone
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all but the answers to what people type, and the editors' pages."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@same_for_everyone
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed of what was published last: new guides, and new editions of guides."""
    link = absolute(reverse("guides:home"))
    atom = Atom1Feed(
        title="Careerguide",
        link=link,
        feed_url=absolute(reverse("guides:feed")),
        description=_("What was published last."),
        language=settings.LANGUAGE_CODE,
        author_name="Careerguide",
        feed_guid=link,
    )
    editions = Edition.objects.exclude(published_at=None).filter(guide__listing__isnull=False)
    editions = editions.select_related("guide__listing").defer("packed").order_by("-published_at", "-pk")
    for edition in editions[:IN_FEED]:
        listing = edition.guide.listing
        published_at = cast(datetime, edition.published_at)
        first = published_at == listing.first_published_at
        title = _("New guide: %(title)s") if first else _("New edition: %(title)s")
        address = absolute(listing.get_absolute_url())
        atom.add_item(
            title=title % {"title": listing.title},
            link=address,
            description=listing.summary,
            unique_id=f"{address}#edition-{edition.number}",
            pubdate=published_at.astimezone(UTC),
            updateddate=published_at.astimezone(UTC),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@same_for_everyone
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema that every guide's JSON keeps to."""
    response = JsonResponse(guide_schema(), content_type="application/schema+json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
