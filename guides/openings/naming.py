"""Which guide's job or which occupation a posting is for: by its title first, each time with the reason.

The title is held against every name that search knows: titles of guides, their other titles, O*NET's titles and what
people call jobs that have none. What names two jobs, or none for certain, stays without a name.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides.models import Entry, Listing, Name
from guides.occupations.models import ListedData, OccupationListing
from guides.readiness import from_job, matching
from guides.search.words import phrase

from .understanding import Understood

# Raised where this file reads a posting otherwise than before: feeds are then read again whole.
RULES = 1
BATCH = 500
# What a title says beside the job: how much of a week, for how long, at which level, under which number.
LEVEL = r"(?:I{1,3}|IV|V|[1-5])"
ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|#\s?\w+"
    r"|\b(?:full|part)[- ]?time\b|\b[fp]/?t\b|\bon[- ]call\b|\bper[- ]diem\b|\bsubstitute\b|\btemporary\b|\btemp\b"
    r"|\bseasonal\b|\bhourly\b|\bsalaried\b|\blimited term\b|\bgrant[- ]funded\b|\bopen until filled\b"
    r"|\b(?:entry|senior|sr|junior|jr)\b(?:[- ]level)?\.?|\bbilingual\b|\bevenings?\b|\bweekends?\b|\bnights?\b"
    rf"|\b(?:level|grade|step)?\s?{LEVEL}(?:\s?[/-]\s?{LEVEL})*\b"
    r"|\b\d+(?:\.\d+)?\s?(?:hours?|hrs?)\b(?:\s?(?:/|per)\s?(?:wk|week))?",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s+[-–—|:]\s+|\s*[,;:|–—]\s+|\s*/\s*|\s+@\s+|\s+at\s+|\s+for\s+")


@dataclass(frozen=True)
class Named:
    """The job that a posting is for: a guide's slug, a SOC code, and why, in a sentence; all '' where it is unsure."""

    guide: str = ""
    occupation: str = ""
    why: str = ""


UNSURE = Named()


def version() -> str:
    """Of the rules and of all that they look at: where it is another, postings are read again. Two queries."""
    guides = list(Listing.objects.order_by("slug").values_list("slug", "published_at"))
    listed = ListedData.objects.first()
    said = repr((RULES, guides, listed.editions if listed else ""))
    return hashlib.sha256(said.encode()).hexdigest()


def name_all(listed: Sequence[Understood]) -> None:
    """Write into each what job it is for, and which of the guide's skills its text names."""
    namer = Namer(listed)
    for each in listed:
        named = namer.named(each)
        each.values |= {"guide": named.guide, "occupation": named.occupation, "why": named.why[:300]}
        each.values["skills"] = namer.skills(named.guide, each.text)


class Namer:
    """The names that the titles of some postings may be, looked up at once."""

    def __init__(self, listed: Iterable[Understood]) -> None:
        self.guides = {listing.slug: listing for listing in Listing.objects.all()}
        keys = {key for each in listed for _said, key in ways(each.title)}
        self.names = _names(keys)
        codes = {name.entry.code for names in self.names.values() for name in names}
        rows = OccupationListing.objects.filter(code__in=codes).values_list("code", "pay_code")
        self.pay_codes = dict(rows)

    def named(self, each: Understood) -> Named:
        """Return the job that a posting is for."""
        for said, key in ways(each.title):
            if names := self.names.get(key):
                return self._by_title(said, names)
        return UNSURE

    def _by_title(self, said: str, names: Sequence[Name]) -> Named:
        guides = [name for name in names if name.entry.is_guide]
        if len({name.entry_id for name in guides}) > 1:
            guides = [name for name in guides if name.is_title]
        if guides:
            listing = self.guides.get(guides[0].entry.key)
            if listing is None:
                return UNSURE
            why = (
                _("The title “%(said)s” is what the guide is called.")
                if guides[0].is_title
                else _("The title “%(said)s” is another name of %(job)s.")
            )
            return Named(listing.slug, listing.occupation_code, why % {"said": said, "job": listing.title})
        codes = {name.entry.code[:7] for name in names}
        own = [name for name in names if name.is_title] or ([names[0]] if len(codes) == 1 else [])
        if len({name.entry.code[:7] for name in own}) != 1:
            return UNSURE
        entry = own[0].entry
        why = _("“%(said)s” is a title of the occupation %(job)s.") % {"said": said, "job": entry.title}
        return Named("", entry.code[:7], why)

    def skills(self, guide: str, text: str) -> list[list[str]]:
        """Return slug, name and words of each of the guide's skills that a text names."""
        if not guide or not text:
            return []
        found = matching.find(text, from_job.skills_of(guide, self.guides[guide].published_at))
        return [
            [each.skill.slug, each.skill.name, "".join(each.evidence[0]).strip()] for each in found if each.is_strong
        ]


def ways(title: str) -> list[tuple[str, str]]:
    """Return what of a title may be the name of a job, as it is written and as stems, the fullest first."""
    plain = " ".join(ASIDE.sub(" ", title).split()).strip(" -–—,/|")
    said = [title, plain, PARTS.split(plain)[0].strip(" -–—,/|")]
    found = {" ".join(dict.fromkeys(phrase(each))): each for each in reversed(said)}
    return [(each, key) for key, each in reversed(found.items()) if key]


def _names(keys: Iterable[str]) -> Mapping[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    ordered = sorted(keys)
    sources = (Entry.GUIDES, "occupations")
    for start in range(0, len(ordered), BATCH):
        rows = Name.objects.filter(stems__in=ordered[start : start + BATCH], entry__source__in=sources)
        for name in rows.select_related("entry").order_by("entry__key", "pk"):
            found[name.stems].append(name)
    return found
