"""What stands beside a live guide for lists, search and shared links: written when it is published, gone when it is
withdrawn, in the same transaction."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Min, Q, TextChoices
from django.db.models.signals import pre_delete
from django.utils import timezone

from guides.reading.reader import Reading

from .. import formats, freezing
from ..models import Edition, Entry, Guide, Listing, PublishedSection, ShareImage
from ..reading import reader
from ..registry.tools import TOOLS
from ..search import index
from . import outside_links
from .share_image import draw

# What official statistics call entry education, least first; the one that a text names first is what a job asks for.
EDUCATION = [
    (Listing.Education.NONE, r"no (formal|diploma)|none"),
    (Listing.Education.SCHOOL, r"high school"),
    (Listing.Education.CERTIFICATE, r"certificate|certification|non-?degree|some college|vocational|apprentice"),
    (Listing.Education.ASSOCIATE, r"associate"),
    (Listing.Education.BACHELOR, r"bachelor"),
    (Listing.Education.MASTER, r"master|doctor|professional degree"),
]
# Where each band ends, the value itself left out; the last band has no end.
PAY_ENDS = [30_000, 40_000, 50_000, 75_000]
OUTLOOK_ENDS = [0, 3]
TIME_ENDS = [4, 13, 25]


def band(value: float | None, ends: Sequence[float], choices: type[TextChoices]) -> str:
    """Return which of `choices` holds `value`, empty where it is None; `ends` are where each but the last one ends."""
    if value is None:
        return ""
    return str(choices.values[sum(value >= end for end in ends)])


def education(words: str) -> str:
    """Return the Listing.Education that `words` name first, empty where they name none."""
    places = [(match.start(), level) for level, names in EDUCATION if (match := re.search(names, words, re.IGNORECASE))]
    return min(places)[1] if places else ""


def describe(reading: Reading) -> Listing:
    """Return the Listing of a Reading, not saved."""
    guide, pay, change = reading.guide, reading.median, reading.change
    entry = next((figure for figure in reading.card if figure.measure == "education"), None)
    words = formats.amount(entry.leading) if entry and entry.leading else ""
    median = formats.usd_ends(pay.leading)[1] if pay and pay.leading else None
    percent = change.leading.value if change and change.leading else None
    edition = reading.published
    first = edition.guide.editions.aggregate(first=Min("published_at"))["first"]
    listing = Listing(
        guide_id=edition.guide_id,
        other_titles="\n".join(other.title for other in guide.titles.all()),
        first_published_at=first,
        published_at=edition.published_at or timezone.now(),
        median_pay=median,
        change_percent=percent,
        education_words=words,
        months_from=reading.months_from,
        months_to=reading.months_to,
        education=education(words),
        pay_band=band(median, PAY_ENDS, Listing.Pay),
        outlook=band(percent, OUTLOOK_ENDS, Listing.Outlook),
        time_band=band(reading.months_from, TIME_ENDS, Listing.Time),
        tools={key: tool.has_content(guide) for key, tool in TOOLS.items()},
    )
    for name in ("slug", "title", "short_title", "summary", "field_of_work", "occupation_code", "language"):
        setattr(listing, name, getattr(guide, name))
    listing.reviewed_on = guide.reviewed_on
    for prefix, figure in [("pay", pay), ("change", change)]:
        if figure and figure.leading:
            setattr(listing, f"{prefix}_label", figure.label)
            setattr(listing, f"{prefix}_period", figure.leading.period)
            setattr(listing, f"{prefix}_source", figure.leading.source.short_name)
    return listing


def write(edition: Edition) -> None:
    """Write all that stands beside the guide of `edition`, which has just become live."""
    index.count_words(_write(edition))


def _write(edition: Edition) -> index.WordChanges:
    """Write it, but for the words: return what index.count_words takes."""
    reading = reader.arrange(freezing.thaw(edition.content), edition)
    _remember_addresses(reading)
    outside_links.remember(edition)
    listing = describe(reading)
    listing.save()
    ShareImage.objects.update_or_create(guide_id=listing.guide_id, defaults={"png": draw(listing)})
    return index.write_guide(reading)


def _remember_addresses(reading: Reading) -> None:
    """Keep the addresses of the guide's sections for good: see PublishedSection."""
    sections = [
        PublishedSection(
            guide_id=reading.published.guide_id, slug=section.slug, parent=section.parent.slug if section.parent else ""
        )
        for section in reading.all_sections()
    ]
    PublishedSection.objects.bulk_create(
        sections, update_conflicts=True, unique_fields=["guide", "slug"], update_fields=["parent"]
    )


def remove(guide: Guide) -> None:
    """Take away all that stands beside `guide`."""
    index.remove(guide)
    ShareImage.objects.filter(guide=guide).delete()
    Listing.objects.filter(guide=guide).delete()


def rebuild(missing_only: bool = False) -> int:
    """Write everything anew from the live editions, or only what is missing; return how many guides that were."""
    editions = Edition.objects.live().select_related("guide")
    if missing_only:
        indexed = Entry.objects.filter(source=Entry.GUIDES).values("key")
        listed = Listing.objects.filter(tools__has_keys=sorted(TOOLS)).values("guide")
        editions = editions.filter(~Q(guide__in=listed) | ~Q(guide__slug__in=indexed))
    else:
        Listing.objects.all().delete()
        index.clear()
    count = 0
    changes = index.WordChanges()
    for edition in editions.iterator(chunk_size=50):
        changes.update(_write(edition))
        count += 1
    index.count_words(changes)
    index.refresh_all()
    return count


def connect() -> None:
    """Have what stands beside a guide go with the guide, by whatever way it is deleted."""
    pre_delete.connect(_guide_deleted, sender=Guide, dispatch_uid="guides.listings")


def _guide_deleted(sender: type[Guide], instance: Guide, **kwargs: Any) -> None:
    remove(instance)
