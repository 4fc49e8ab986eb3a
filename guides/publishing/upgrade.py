"""What a release ships, into a site that runs: to readers where nobody touched the guide, into a draft elsewhere.

Each guide, source, term and synonym goes in a transaction of its own, which holds its ShippedContent first: however
many hosts start at once, it happens once. A fault in one keeps no other out.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import freezing, registry
from ..models import Edition, Guide, Release, ShippedContent, Source, edition_formats
from . import editions, fixtures, references, releases, shared_rows
from .alignment import Key, Plain
from .diff import Frozen
from .link_faults import Coming
from .merge import Collision, Merged, is_same, merge, same

log = logging.getLogger(__name__)
State = Edition.State


@dataclass
class UpgradeReport:
    """What an upgrade did: the slugs of guides, the names of shared rows, and a sentence for each fault."""

    published: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    collided: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def bring_in() -> UpgradeReport:
    """Bring in what this release ships and the site does not have yet. Where that is nothing, it takes one query."""
    report, digest = UpgradeReport(), releases.digest()
    latest = Release.objects.first()
    if latest and (latest.digest == digest or releases.is_older(settings.RELEASE, latest.number)):
        # A host that still runs an older release, while the others have this one, must not bring the old texts back.
        return report
    _adopt()
    pieces, report.faults = releases.shipped()
    known = {row[:2]: row[2] for row in ShippedContent.objects.values_list("model", "slug", "content_hash")}
    changed = [piece for name, piece in pieces.items() if known.get(name) != piece.content_hash]
    sources = [piece for piece in changed if piece.model == "guides.source"]
    for piece in sources + [piece for piece in changed if not piece.is_guide and piece not in sources]:
        _guarded(shared_rows.bring, piece, report)
    guides = [piece for piece in changed if piece.is_guide]
    coming = {piece.slug: references.section_slugs(piece.content) for piece in guides if _goes_live(piece)}
    for piece in guides:
        _guarded(_bring_guide, piece, report, coming)
    if any(not piece.is_guide for piece in changed):
        _tell_apps(report)
    if not report.faults:
        _save_citing(sources, guides)
        shared_rows.let_go(pieces.keys())
        Release.objects.update_or_create(
            number=settings.RELEASE, digest=digest, defaults={"brought_at": timezone.now()}
        )
    return report


def _tell_apps(report: UpgradeReport) -> None:
    """Let apps show readers what they share; done again at the next start where it fails."""
    for loaded in registry.each("loaded"):
        try:
            loaded(_("From release %(release)s") % {"release": settings.RELEASE}, True)
        except Exception as error:
            log.exception("what release %s shares", settings.RELEASE)
            report.faults.append(f"{type(error).__name__}: {error}")


def _adopt() -> None:
    """Take what the first release shipped for the base of a site that was set up before bases were kept."""
    # In this order: a host that starts beside us commits its first guide together with that guide's base.
    if Guide.objects.exists() and not ShippedContent.objects.exists():
        ShippedContent.objects.bulk_create(releases.first().values(), ignore_conflicts=True)


def _guarded(bring: Callable[..., None], piece: ShippedContent, report: UpgradeReport, *more: Coming) -> None:
    """Bring one piece in; where it fails, whatever the reason, say so and change nothing of it."""
    try:
        with transaction.atomic():
            record = _hold(piece)
            if record.content_hash != piece.content_hash:
                bring(record, piece, report, *more)
                _keep(record, piece)
    except Exception as error:
        lines = getattr(error, "lines", None) or getattr(error, "messages", None)
        if not lines:
            log.exception("%s %s of release %s", piece.model, piece.slug, piece.release)
            lines = [f"{type(error).__name__}: {error}"]
        report.faults += [f"{piece.slug}: {line}" for line in lines]
        fault = _("Release %(release)s: %(line)s") % {"release": piece.release, "line": lines[0]}
        ShippedContent.objects.filter(model=piece.model, slug=piece.slug).update(fault=fault)


def _hold(piece: ShippedContent) -> ShippedContent:
    """Hold what is kept of the piece until the transaction ends; without content where no release shipped it before."""
    empty = {"format": edition_formats.FORMAT, "packed": b"", "content_hash": ""}
    return ShippedContent.objects.select_for_update().get_or_create(model=piece.model, slug=piece.slug, defaults=empty)[
        0
    ]


def _keep(record: ShippedContent, piece: ShippedContent) -> None:
    """What this release ships is the base of the next upgrade."""
    record.content, record.release, record.brought_at = piece.content, piece.release, timezone.now()
    record.save()


def _goes_live(piece: ShippedContent) -> bool:
    """Whether readers are to see the release's text of this guide as it is: it is new here, or nobody touched it."""
    record = ShippedContent.objects.filter(model=piece.model, slug=piece.slug).first()
    guide = Guide.objects.filter(slug=piece.slug).first()
    if guide is None:
        return record is None
    return record is not None and _is_live(guide) and _is_untouched(guide, record, piece)


def _is_live(guide: Guide) -> bool:
    return guide.editions.live().exists()


def _is_untouched(guide: Guide, record: ShippedContent, piece: ShippedContent) -> bool:
    """Whether draft and live edition are what the last release shipped, and nothing waits for review or its moment."""
    if guide.editions.filter(state__in=[State.SUBMITTED, State.SCHEDULED]).exists():
        return False
    base, draft, live = record.content, freezing.freeze(guide, derived=False), guide.editions.live().first()
    # The rows of sources have been brought in already: those that editors changed have stayed as they were.
    sources = _by_slug(base["sources"]) | _by_slug(piece.content["sources"])
    return (
        is_same(base["objects"], draft["objects"])
        and all(same(plain, sources.get(slug)) for slug, plain in _by_slug(draft["sources"]).items())
        and (live is None or _is_shipped(live.content, base))
    )


def _is_shipped(content: Frozen, base: Frozen) -> bool:
    """Whether an edition is what a release shipped. One of before texts cited by their links has fewer sources."""
    sources = _by_slug(base["sources"])
    return is_same(base["objects"], content["objects"]) and all(
        same(plain, sources.get(slug)) for slug, plain in _by_slug(content["sources"]).items()
    )


def _by_slug(sources: list[Plain]) -> dict[str, Plain]:
    return {plain["fields"]["slug"]: plain for plain in sources}


def _bring_guide(record: ShippedContent, piece: ShippedContent, report: UpgradeReport, coming: Coming) -> None:
    """Publish the release's text of a guide, or merge it into the draft; a guide that editors deleted stays deleted."""
    guide = Guide.objects.filter(slug=piece.slug).first()
    record.fault = ""
    if guide is None and record.packed:
        return
    if guide is None:
        _load(record, piece, report, coming, to_readers=True)
        return
    editions.lock(guide)
    if record.is_own or not record.packed:
        if not record.is_own:
            record.fault = _("The site has a guide of its own at this address. What the release ships is left out.")
        record.is_own = True
    elif _is_untouched(guide, record, piece):
        _load(record, piece, report, coming, to_readers=_is_live(guide))
    else:
        _merge_into_draft(record, piece, guide, report)


def _load(
    record: ShippedContent, piece: ShippedContent, report: UpgradeReport, coming: Coming, to_readers: bool
) -> None:
    """Load the release's text as it is, for readers too where nothing in it leads nowhere on this site."""
    guide = fixtures.replace(piece.slug, piece.content)
    edition = editions.save(guide, comment=_("From release %(release)s") % {"release": piece.release})
    if edition.state == State.LIVE:
        return
    if not (to_readers and _publish(edition, coming)):
        record.draft_number = edition.number
        report.drafted.append(piece.slug)
    else:
        report.published.append(piece.slug)


def _publish(edition: Edition, coming: Coming) -> bool:
    """Publish the edition unless the check refuses it, and return whether readers see it now."""
    try:
        editions.publish(edition, coming=coming)
    except editions.Unfit:
        return False
    return True


def _merge_into_draft(record: ShippedContent, piece: ShippedContent, guide: Guide, report: UpgradeReport) -> None:
    """Merge the release's text into the guide's draft, and keep what collides for its editors to see."""
    merged = _merged(guide, record.content, piece.content)
    if merged.taken:
        comment = _("From release %(release)s, merged with what was written here") % {"release": piece.release}
        record.draft_number = editions.save(guide, comment=comment).number
        report.drafted.append(piece.slug)
    news = list(merged.collisions.values())
    record.collisions = [collision.as_json() for collision in [*_still_open(record, news), *news]]
    if news:
        report.collided.append(piece.slug)


def _still_open(record: ShippedContent, news: list[Collision]) -> list[Collision]:
    """Collisions of earlier releases that nobody has settled, but for rows that collide anew."""
    earlier = [Collision(**states) for states in record.collisions]
    return [
        collision
        for collision in earlier
        if not any(same(collision.shipped, new.base) and same(collision.theirs, new.theirs) for new in news)
    ]


def _merged(guide: Guide, base: Frozen, shipped: Frozen) -> Merged:
    """Load into the rows of `guide` what the release changed and editors did not, and return the whole report.

    What this guide, as its editors have it, cannot hold is not taken, such as an answer that names a deleted step.
    """
    draft = freezing.freeze(guide, derived=False)
    sources = list((_by_slug(base["sources"]) | _by_slug(shipped["sources"]) | _by_slug(draft["sources"])).values())
    refused: set[Key] = set()
    removing = True
    while True:
        merged = merge(base["objects"], draft["objects"], shipped["objects"], sources, refused, removing)
        if not merged.taken:
            return merged
        try:
            fixtures.replace(guide.slug, draft | {"sources": sources, "objects": list(merged.objects.values())})
        except fixtures.FixtureErrors as errors:
            faulty = [fault.plain["fields"] for fault in errors.faults]
            unfit = {key for key in merged.taken if (merged.objects.get(key) or {}).get("fields") in faulty}
            if unfit or not removing:
                refused |= unfit or merged.taken
            removing = removing and bool(unfit)
        else:
            return merged


def _save_citing(sources: list[ShippedContent], brought: list[ShippedContent]) -> None:
    """Keep changed sources in the drafts of the other guides that cite them, as a change by hand does."""
    cited = Source.objects.filter(slug__in=[piece.slug for piece in sources])
    others = Guide.objects.citing(cited).exclude(slug__in=[piece.slug for piece in brought])
    for guide in others if sources else ():
        editions.save(guide, comment=_("Sources of release %(release)s") % {"release": settings.RELEASE})
