"""Files of pictures that nothing refers to any more: no guide's draft, no edition of whatever age, and no release."""

import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Edition, Picture, PictureFile, ShippedContent

# An upload whose form was never saved may be taken back for 30 days; a file stays for longer than that.
STAYS = timedelta(days=60)
_NAME = re.compile(rb'"([0-9a-f]{32})\.(?:png|jpg|svg)"')


def stem(name: str) -> str:
    """What the files of one picture share: `<hash>` of `<hash>.png`, `<hash>.webp` and `<hash>-640.webp`."""
    return name.partition(".")[0].partition("-")[0]


def forget(now: datetime | None = None) -> int:
    """Delete the files that nothing refers to and that were kept longest ago; return how many pictures they were of."""
    before = (now or timezone.now()) - STAYS
    old = {stem(name) for name in PictureFile.objects.filter(kept_at__lte=before).values_list("name", flat=True)}
    old -= _in_drafts()
    for found in _in_history() if old else ():
        old -= found
        if not old:
            break
    for each in old:
        with transaction.atomic():
            # Somebody may have uploaded it once more meanwhile, or brought an edition with it back.
            if each not in _in_drafts():
                PictureFile.objects.filter(name__startswith=each, kept_at__lte=before).delete()
    return len(old)


def _in_drafts() -> set[str]:
    return {stem(name) for name in Picture.objects.values_list("file", flat=True)}


def _in_history() -> Iterator[set[str]]:
    """Yield what each edition shows, and what releases shipped; one is in memory at a time."""
    for model in (Edition, ShippedContent):
        for packed in model._default_manager.values_list("packed", flat=True).iterator(chunk_size=20):
            yield {name.decode() for name in _NAME.findall(zlib.decompress(packed))}
