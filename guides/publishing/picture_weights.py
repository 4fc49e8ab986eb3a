"""How much readers on a phone line have to load for the pictures of a page: what is too heavy stops publishing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..models import Picture, PictureFile, Section
from ..models.markdown import pictures_in
from ..reading.reader import Reading
from . import texts

# Bytes of pictures that a section may have with its parts, and a whole guide, which its page for printing shows at
# once. On a line of 1.6 Mbit/s a section's take two seconds at most.
MOST_OF_SECTION = 300_000
MOST_OF_GUIDE = 1_000_000


def findings(reading: Reading) -> Iterator[tuple[Section | None, bool, str, str]]:
    """Yield what is wrong with the pictures of a guide: the section, None for all of it; whether it stops; a
    sentence; and the short name of the picture that it is about, empty for several.

    One query, none for a guide without pictures.
    """
    pictures: dict[str, Picture] = {picture.slug: picture for picture in reading.guide.pictures.all()}
    if not pictures:
        return
    files = PictureFile.objects.filter(name__in=[picture.heaviest for picture in pictures.values()])
    weights = dict(files.values_list("name", "size"))
    sizes = {slug: weights.get(picture.heaviest, 0) for slug, picture in pictures.items()}
    shown: set[str] = set()
    for section in reading.sections:
        own = {
            slug for part in [section, *section.parts] for _row, text in texts.of_section(part)
            for slug in pictures_in(text) if slug in sizes
        }  # fmt: skip
        weight = sum(sizes[slug] for slug in own)
        if weight > MOST_OF_SECTION:
            yield section, True, _too_heavy(_("The pictures of this section"), weight, MOST_OF_SECTION), ""
        shown |= own
    whole = sum(sizes[slug] for slug in shown)
    if whole > MOST_OF_GUIDE:
        yield None, True, _too_heavy(_("All pictures of the guide"), whole, MOST_OF_GUIDE), ""
    for slug in sorted(pictures.keys() - shown):
        yield None, False, _("No text shows the picture '%(slug)s'.") % {"slug": slug}, slug


def _too_heavy(what: str, weight: int, most: int) -> str:
    return _("%(what)s have %(weight)d KB, where %(most)d KB are the most: show fewer, or simpler ones.") % {
        "what": what,
        "weight": -(-weight // 1000),
        "most": most // 1000,
    }
