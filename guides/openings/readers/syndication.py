"""RSS and Atom, as blogs and job boards write them: a title, a link, a day and a text; the rest is in the text.

RSS 2.0: https://www.rssboard.org/rss-specification; Atom: RFC 4287. Places come from GeoRSS or W3C's geo, where given.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..documents import Document
from ..feed_forms import FeedForm
from ..found import FeedContent, FoundPosting

ROOTS = frozenset(["rss", "RDF", "feed"])


def local(element: Any) -> str:
    """An element's name without its namespace; '' for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Any, *names: str) -> str:
    """The text of the first child of one of these names that has any, in the order of the names."""
    for name in names:
        for child in element:
            if local(child) == name and (said := "".join(child.itertext()).strip()):
                return said
    return ""


def items(root: Any) -> list[Any]:
    """Every item or entry, in its order."""
    return [element for element in root.iter("{*}item", "{*}entry") if local(element) in ("item", "entry")]


def recognizes(document: Document) -> bool:
    """Whether its root is that of RSS, of its older form in RDF, or of Atom."""
    return document.xml is not None and local(document.xml) in ROOTS


def read(document: Document) -> FeedContent:
    """Every item of the feed."""
    return FeedContent([_posting(item) for item in items(document.xml)])


def _posting(item: Any) -> FoundPosting:
    latitude, longitude = _point(item)
    address = _link(item)
    return FoundPosting(
        title=text_of(item, "title"),
        address=address,
        guid=text_of(item, "guid", "id") or address,
        employer=text_of(item, "company", "employer", "hiringOrganization", "creator", "author"),
        place=text_of(item, "location", "city"),
        state=text_of(item, "state", "region"),
        latitude=latitude,
        longitude=longitude,
        hours=text_of(item, "jobType", "job_type", "employmentType", "jobtype"),
        pay=text_of(item, "salary", "compensation"),
        posted=text_of(item, "pubDate", "published", "date", "updated"),
        closes=text_of(item, "expirationDate", "closingDate", "closes", "expires", "expdate"),
        text=_longest(item),
    )


def _link(item: Any) -> str:
    """Where it leads: Atom's link to the page itself, RSS's link, or a guid that is an address."""
    links = [child for child in item if local(child) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    if said := text_of(item, "link"):
        return said
    guid = text_of(item, "guid")
    return guid if guid.startswith(("http://", "https://")) else ""


def _longest(item: Any) -> str:
    """Its text: of summary and content, whichever says more."""
    return max((text_of(item, name) for name in ("description", "encoded", "content", "summary")), key=len)


def _point(item: Any) -> tuple[str, str]:
    point = text_of(item, "point").split()
    if len(point) == 2:
        return point[0], point[1]
    return text_of(item, "lat", "latitude"), text_of(item, "long", "lng", "longitude")


SYNDICATION = FeedForm("syndication", _("RSS or Atom"), recognizes, read)
