"""The links that lead out of what readers see: which there are, where they stand, and whether they still work."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, URLField
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import fetching, freezing
from ..models import Edition, LinkVisit
from ..models.shared import live_rows
from ..registry import EXTENSIONS, content_models
from . import content_version, links
from .places import Place, Places, Plain, headings_in

State = LinkVisit.State
# One site is not asked twice within so many seconds.
PAUSE = 2.0
# Longer ones stand in no field of ours.
MOST_LETTERS = 500


def addresses_of(plain: Plain) -> Iterator[str]:
    """Yield the addresses outside of the site that a frozen row leads readers to."""
    model = apps.get_model(plain["model"])
    for field in freezing.fields_of(model):
        if isinstance(field, URLField) and plain["fields"].get(field.name):
            yield plain["fields"][field.name]
    for name in getattr(model, "markdown_fields", ()):
        for address in links.addresses(plain["fields"].get(name) or ""):
            if address.startswith(("http://", "https://")):
                yield address


def objects_of(content: dict[str, Any]) -> Iterator[Plain]:
    """Yield the rows of a frozen guide that may lead out of the site: those of apps that are there, and its sources."""
    known = {content.label for content in content_models.CONTENT_MODELS}
    yield from content["sources"]
    yield from (plain for plain in content["objects"] if plain["model"] in known)


def beside_guides() -> Iterator[tuple[Plain, Model]]:
    """Yield what readers see beside guides, frozen, with its row or the edition that they see it in.

    That is every registered shared model. Sources are left out: readers meet one in the guides that cite it.
    """
    in_editions = {"guides.source"}
    for extension in EXTENSIONS.values():
        if extension.live:
            in_editions.update(extension.shared)
            yield from ((plain, edition) for edition in extension.live() for plain in edition.content["objects"])
    for label in content_models.SHARED.keys() - in_editions:
        for row in live_rows(apps.get_model(label)):
            yield freezing.to_plain(row), row


def in_public() -> dict[str, list[Place]]:
    """Return every outside address that readers are led to, with the places where it stands."""
    result: dict[str, Places] = defaultdict(Places)
    for edition in Edition.objects.live().select_related("guide").order_by("guide__title"):
        content = edition.content
        headings = headings_in(content["objects"])
        for plain in objects_of(content):
            for address in addresses_of(plain):
                result[address].add_frozen(edition, plain, headings)
    for plain, row in beside_guides():
        for address in addresses_of(plain):
            result[address].add_shared(row, plain)
    return {address: places.all() for address, places in result.items()}


def list_all() -> None:
    """Give every address that readers are led to its row, and take away the rows of those that nothing leads to."""
    wanted = set(in_public())
    _add(wanted)
    gone = [visit.pk for visit in LinkVisit.objects.all() if visit.url not in wanted]
    LinkVisit.objects.filter(pk__in=gone).delete()


def visit_due(most: int = 100, pause: float = PAUSE) -> list[LinkVisit]:
    """Visit up to `most` addresses that are due and return them. Each is kept at once: whoever stops it loses none."""
    list_all()
    due = list(LinkVisit.objects.due(timezone.now())[:most])
    asked: dict[str, float] = {}
    with fetching.visitor() as client:
        for visit in _in_turn(due):
            host = urlsplit(visit.url).netloc
            time.sleep(max(0.0, asked.get(host, 0.0) + pause - time.monotonic()))
            see(client, visit)
            asked[host] = time.monotonic()
    return due


def _in_turn(visits: Iterable[LinkVisit]) -> list[LinkVisit]:
    """Put `visits` so that those of one site stand far apart."""
    turns: dict[str, int] = defaultdict(int)
    placed = []
    for visit in visits:
        host = urlsplit(visit.url).netloc
        placed.append((turns[host], visit))
        turns[host] += 1
    return [visit for _turn, visit in sorted(placed, key=lambda pair: pair[0])]


def see(client: httpx.Client, visit: LinkVisit) -> None:
    """Visit one address and keep what was seen. Readers' pages are made anew where that changes them."""
    was_dead = visit.is_dead
    visit.saw(*_state_of(client, visit.url))
    with transaction.atomic():
        visit.save()
        if visit.is_dead != was_dead:
            content_version.content_changed()


def _state_of(client: httpx.Client, url: str) -> tuple[State, str, str]:
    """Return what is seen at `url`: its state, a sentence, and where it moved to."""
    try:
        answer = fetching.look(client, url)
    except fetching.Refused as refusal:
        return State.UNREACHABLE, str(refusal), ""
    except httpx.TimeoutException:
        return State.UNREACHABLE, _("It did not answer within ten seconds."), ""
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        state = State.CERTIFICATE if fetching.is_about_certificate(error) else State.UNREACHABLE
        return state, str(error), ""
    told = _("It answers with the status %(status)d.") % {"status": answer.status}
    if answer.status in (404, 410):
        return State.GONE, told, ""
    if answer.status in (401, 403, 405, 406, 418, 429, 999):
        return State.SHUT, told, ""
    if answer.status >= 400:
        return State.FAULT, told, ""
    return (State.MOVED, told, answer.moved_to) if answer.moved_to else (State.WORKS, told, "")


def summary(visited: list[LinkVisit]) -> str:
    """Say in a sentence what the visits found; empty where there was none to make."""
    if not visited:
        return ""
    failed, moved = (sum(bool(getattr(visit, name)) for visit in visited) for name in ("failures", "moved_to"))
    return _("Links visited: %(count)d. Without an answer that works: %(failed)d. Moved: %(moved)d.") % {
        "count": len(visited),
        "failed": failed,
        "moved": moved,
    }


def are_due() -> bool:
    """Whether the host lets links be visited, and one of them is due."""
    # None has its row yet where the site was upgraded from before there were any.
    return bool(settings.VISIT_LINKS) and (
        LinkVisit.objects.due(timezone.now()).exists() or not LinkVisit.objects.exists()
    )


def remember(edition: Edition) -> None:
    """Give the addresses that `edition` leads to their rows: it has just become live."""
    addresses = {address for plain in objects_of(edition.content) for address in addresses_of(plain)}
    _add(addresses)


def _add(addresses: Iterable[str]) -> None:
    visits = [LinkVisit(url=url) for url in sorted(addresses) if len(url) <= MOST_LETTERS]
    LinkVisit.objects.bulk_create(visits, ignore_conflicts=True)
