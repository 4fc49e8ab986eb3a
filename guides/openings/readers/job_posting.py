"""schema.org's JobPosting as JSON-LD: in an employer's page of one job, in a list of them, or as a document of its own.

https://schema.org/JobPosting and https://developers.google.com/search/docs/appearance/structured-data/job-posting. A
list may hold the postings themselves or only lead to their pages, each of which is then asked for.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..documents import Document
from ..feed_forms import FeedForm
from ..found import FeedContent, FoundPosting
from .greenhouse import word

# Nothing that anybody means goes deeper.
DEEPEST = 12


def values(document: Document) -> list[Any]:
    """Every JSON-LD value of a document; one of a page that is no JSON is passed over, as browsers do."""
    if document.json is not None:
        return [document.json]
    if document.html is None:
        return []
    found = []
    for script in document.html.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() == "application/ld+json":
            try:
                found.append(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    return found


def nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in a value, however it is wrapped: in lists, graphs, list items."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from nodes(each, depth + 1)


def is_a(node: dict[str, Any], name: str) -> bool:
    """Whether an object is of that type of schema.org."""
    types = node.get("@type")
    return any(
        isinstance(each, str) and each.rpartition("/")[2] == name
        for each in (types if isinstance(types, list) else [types])
    )


def recognizes(document: Document) -> bool:
    """Whether a posting stands in it, or a list."""
    return any(is_a(node, "JobPosting") or is_a(node, "ItemList") for node in nodes(values(document)))


def read(document: Document) -> FeedContent:
    """Every posting, and where a list leads to pages alone, these."""
    postings, more = [], []
    for node in nodes(values(document)):
        if is_a(node, "JobPosting"):
            postings.append(_posting(node, document))
        elif is_a(node, "ListItem") and not isinstance(node.get("item"), dict):
            more.append(word(node.get("url")) or word(node.get("item")))
    return FeedContent(postings, [] if postings else [*dict.fromkeys(filter(None, more))])


def _posting(node: dict[str, Any], document: Document) -> FoundPosting:
    place = _first(node.get("jobLocation"))
    postal = place.get("address")
    point = _first(place.get("geo"))
    of_place = _first(postal) or {"addressLocality": word(postal)}
    employer, identifier = node.get("hiringOrganization"), node.get("identifier")
    address = word(node.get("url")) or (document.url if document.html is not None else word(node.get("@id")))
    name = word(_first(identifier).get("value")) or word(identifier)
    return FoundPosting(
        title=word(node.get("title")) or word(node.get("name")),
        address=address,
        guid=name or word(node.get("@id")) or address,
        employer=word(_first(employer).get("name")) or word(employer),
        department=word(_first(node.get("employmentUnit")).get("name")),
        place=word(of_place.get("addressLocality")),
        state=word(of_place.get("addressRegion")),
        country=word(_first(of_place.get("addressCountry")).get("name")) or word(of_place.get("addressCountry")),
        latitude=word(point.get("latitude")),
        longitude=word(point.get("longitude")),
        remote="remote" if "TELECOMMUTE" in word(_one(node.get("jobLocationType"))).upper() else "",
        hours=" ".join(map(word, _list(node.get("employmentType")))).replace("_", " "),
        pay=_pay(node),
        posted=word(node.get("datePosted")),
        closes=word(node.get("validThrough")),
        text="\n".join(
            filter(
                None,
                (
                    word(_one(node.get(name)))
                    for name in ("description", "responsibilities", "qualifications", "skills")
                ),
            )
        ),
    )


def _pay(node: dict[str, Any]) -> str:
    """Pay in one text: of MonetaryAmount with its value and unit, or the sum alone that older pages have."""
    stated = node.get("baseSalary")
    currency = word(node.get("salaryCurrency"))
    amount = _first(stated)
    if not amount:
        return f"{word(stated)} {currency}".strip() if word(stated) else ""
    value = amount.get("value")
    quantity = _first(value) or amount
    sums = [word(quantity.get(name)) for name in ("minValue", "maxValue")]
    sums = [each for each in sums if each] or [word(quantity.get("value")) or word(value)]
    unit = word(quantity.get("unitText")) or word(amount.get("unitText"))
    text = " - ".join(dict.fromkeys(filter(None, sums)))
    return f"{text} {word(amount.get('currency')) or currency or 'USD'} {unit}".strip() if text else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(value: Any) -> Any:
    return next(iter(_list(value)), None)


def _first(value: Any) -> dict[str, Any]:
    """The first object of a value that may be one, several or none."""
    return next((each for each in _list(value) if isinstance(each, dict)), {})


JOB_POSTING = FeedForm("job-posting", _("JobPosting in pages (schema.org)"), recognizes, read)
