"""Which guide's job or which occupation a posting is for: by its title first, each time with the reason.

The title is held against every name that search knows: titles of guides, their other titles, O*NET's titles and what
people call jobs that have none. What names two jobs, or none for certain, stays without a name.
"""

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from guides.models import Entry, Listing, Name, Passage, Skill
from guides.occupations.models import ListedData
from guides.readiness import from_job, matching
from guides.search.words import phrase, stems

from . import library_work
from .understanding import Understood

# Raised where this file reads a posting otherwise than before: feeds are then read again whole.
RULES = 5
BATCH = 500
# So much of an occupation's work a text must speak of, where its title is that of one alone and begins the posting's,
# and in all other cases; and so much more than of any other's.
LEAST_OF_WHOLE, LEAST_SHARED, LEAD = 5.0, 14.0, 1.3
LONGEST_RUN = 5
# A sentence that stands in half of a feed's postings, where these are so many, is about the employer and no job.
FEW = 10
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
# Words that say of no job which it is.
SAID_OF_MANY = frozenset(
    """agent aide analyst assistant associate attendant clerk consultant coordinator director helper intern lead manager
    officer operator representative security specialist staff supervisor technician trainee worker""".split()
)
Value = TypeVar("Value", str, int)
Row = TypeVar("Row", bound=Model)
# What a title says beside the job: how much of a week, for how long, at which level, under which number.
LEVEL = r"(?:I{1,3}|IV|V|[1-5])"
ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|#\s?\w+"
    r"|\b(?:full|part)[- ]?time\b|\b[fp]/?t\b|\bon[- ]call\b|\bper[- ]diem\b|\bsubstitute\b|\btemporary\b|\btemp\b"
    r"|\bseasonal\b|\bhourly\b|\bsalaried\b|\blimited term\b|\bgrant[- ]funded\b|\bopen until filled\b|\btrainee\b"
    r"|\b(?:1st|2nd|3rd|first|second|third|day|night|overnight|swing|rotating) shift\b|\bovernight\b"
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
    """Of the rules and of all that they look at: where it is another, postings are read again. A query a guide.

    Of a guide these are titles, code and skills: whatever else of it is published, no posting is read again.
    """
    guides = [
        (each.slug, each.title, each.other_titles, each.occupation_code, list(map(_said_of, _skills(each))))
        for each in Listing.objects.order_by("slug")
    ]
    listed = ListedData.objects.first()
    said = repr((RULES, guides, listed.editions if listed else ""))
    return hashlib.sha256(said.encode()).hexdigest()


def _skills(listing: Listing) -> tuple[Skill, ...]:
    return from_job.skills_of(listing.slug, listing.published_at)


def _said_of(skill: Skill) -> list[object]:
    """All that a skill says, but for its place."""
    left_out = {"id", "section", "position"}
    return [getattr(skill, field.attname) for field in Skill._meta.concrete_fields if field.name not in left_out]


def name_all(listed: Sequence[Understood]) -> None:
    """Write into each what job it is for, and which of the guide's skills its text names."""
    namer = Namer(listed)
    for each in listed:
        named = namer.named(each)
        each.values |= {"guide": named.guide, "occupation": named.occupation, "why": named.why[:300]}
        each.values["skills"] = namer.skills(named.guide, each.text)


class Namer:
    """The names that the titles of some postings may be, looked up at once."""

    def __init__(self, listed: Sequence[Understood]) -> None:
        self.last_text, self.last_found = "", list[matching.Match]()
        self.said_of_all = said_of_all([each.text for each in listed])
        self.guides = {listing.slug: listing for listing in Listing.objects.all()}
        keys = {key for each in listed for _said, key in ways(each.title)}
        self.names = _names(keys)
        self.work = Work(name.entry_id for names in self.names.values() for name in names if not name.entry.is_guide)

    def named(self, each: Understood) -> Named:
        """Return the job that a posting is for."""
        employer = f"{each.values['employer']} {each.values['department']}"
        verdict = library_work.judge(each.title, employer, each.text, lambda: self._shown(each.text))
        if verdict.is_of_library:
            return self._in_library(verdict) if verdict.job or each.text else self._by_whole_title(each.title)
        for said, key in ways(each.title):
            # The jobs in libraries were looked for above.
            names = [name for name in self.names.get(key, ()) if name.entry.key not in library_work.guides()]
            if names and (named := self._by_title(said, names, f"{each.title}\n{each.text}")) != UNSURE:
                return named
        return UNSURE

    def _shown(self, text: str) -> list[str]:
        """The slugs of the skills that a text shows."""
        return [match.skill.slug for match in self.found(text)]

    def _by_whole_title(self, title: str) -> Named:
        """Of a posting without a text, the guide that is called exactly so; other names say too little alone."""
        for said, key in ways(title)[:2]:
            for name in self.names.get(key, ()):
                if name.is_title and name.entry.is_guide and name.entry.key in self.guides:
                    return self._named_by_title(said, self.guides[name.entry.key])
        return UNSURE

    def _named_by_title(self, said: str, listing: Listing) -> Named:
        why = _("“%(said)s” is a title of the job in the guide to %(job)s.") % {"said": said, "job": listing.title}
        return Named(listing.slug, listing.occupation_code, why)

    def _in_library(self, verdict: library_work.Verdict) -> Named:
        if not verdict.job:
            return UNSURE
        listing = self.guides.get(verdict.job)
        words = ", ".join(verdict.words)
        why = _("Its title and duties say so: %(words)s.") % {"words": words}
        if listing is None:
            return Named("", verdict.job, why) if verdict.job[0].isdigit() else UNSURE
        return Named(listing.slug, listing.occupation_code, why)

    def _by_title(self, said: str, names: Sequence[Name], text: str) -> Named:
        """The job that a title names: a guide's, else the occupation of several whose work the text speaks of most."""
        if guides := [name for name in names if name.entry.is_guide and name.entry.key in self.guides]:
            listing = self.guides[guides[0].entry.key]
            if len({name.entry_id for name in guides}) > 1:
                return UNSURE
            return self._named_by_title(said, listing)
        best = self._most_spoken_of(said, names, text)
        if best is None:
            return UNSURE
        why = _("“%(said)s” is a title of the occupation %(job)s.") % {"said": said, "job": best.entry.title}
        return Named("", best.entry.code[:7], why)

    def _most_spoken_of(self, said: str, names: Sequence[Name], text: str) -> Name | None:
        """Of the occupations with a title, the one whose work a text speaks of clearly more than of the others'."""
        shared: dict[str, tuple[float, Name]] = {}
        for name in [name for name in names if name.is_title] or names:
            # Of two that a text speaks of alike, the one that has many more openings is meant.
            own = self.work.shared(name.entry_id, text) * (1 + name.entry.weight)
            code = name.entry.code[:7]
            if code not in shared or own > shared[code][0]:
                shared[code] = own, name
        ranked = sorted(shared.values(), key=lambda pair: -pair[0])
        most, best = ranked[0]
        is_whole = len(ranked) == 1 and text.casefold().startswith(said.casefold())
        if said.casefold() in SAID_OF_MANY or most < (LEAST_OF_WHOLE if is_whole else LEAST_SHARED):
            return None
        return best if len(ranked) == 1 or most >= LEAD * ranked[1][0] else None

    @cached_property
    def known_skills(self) -> dict[str, dict[str, Skill]]:
        """The skills of each guide by their slugs."""
        return {slug: {skill.slug: skill for skill in _skills(listing)} for slug, listing in self.guides.items()}

    def found(self, text: str) -> list[matching.Match]:
        """What the resume's matcher finds in a text of the skills of all guides; the last text is remembered.

        What an employer says in every posting, and what one says twice, is not looked through again and again.
        """
        if self.last_text != text:
            every = {slug: skill for own in self.known_skills.values() for slug, skill in own.items()}
            own = (each for each in dict.fromkeys(SENTENCES.split(text)) if each not in self.said_of_all)
            self.last_text, self.last_found = text, matching.find("\n".join(own), every.values())
        return self.last_found

    def skills(self, guide: str, text: str) -> list[list[str]]:
        """Return slug, name and words of each of the guide's skills that a text names."""
        if not guide or not text:
            return []
        own = self.known_skills[guide]
        matches = [match for match in self.found(text) if match.is_strong and match.skill.slug in own]
        return [[match.skill.slug, own[match.skill.slug].name, _words(match)] for match in matches]


def _words(match: matching.Match) -> str:
    return "".join(match.evidence[0]).strip()


class Work:
    """What the pages of occupations say of their work, as stems: to see which of some a text speaks of."""

    def __init__(self, entries: Iterable[int]) -> None:
        self.stems: dict[int, set[str]] = defaultdict(set)
        rows = _in_parts(entries, lambda part: Passage.objects.filter(entry__in=part))
        for passage in rows:
            self.stems[passage.entry_id].update(f"{passage.title_stems} {passage.text_stems}".split())
        self.often = Counter(stem for stems_of_one in self.stems.values() for stem in stems_of_one)

    def shared(self, entry: int, text: str) -> float:
        """How much of a text an occupation's page speaks of: rare words count more."""
        every = len(self.stems) + 1
        own = self.stems.get(entry, set())
        return sum(
            math.log(every / (self.often[stem] + 0.5)) for stem in set(stems(text)) & own if self.often[stem] < every
        )


def said_of_all(texts: Sequence[str]) -> frozenset[str]:
    """Return the sentences that stand in at least half of many texts: of benefits, equal chances, how to apply."""
    if len(texts) < FEW:
        return frozenset()
    often = Counter(each for text in texts for each in set(SENTENCES.split(text)))
    return frozenset(each for each, count in often.items() if 2 * count >= len(texts))


def ways(title: str) -> list[tuple[str, str]]:
    """Return what of a title may be the name of a job, as it is written and as stems, the fullest first."""
    plain = " ".join(ASIDE.sub(" ", title).split()).strip(" -–—,/|")
    parts = [part.strip(" -–—,/|") for part in PARTS.split(plain)]
    said = [title, plain, *parts[:1], *(run for part in parts[:2] for run in _runs(part))]
    found = {" ".join(dict.fromkeys(phrase(each))): each for each in reversed(said)}
    return [(each, key) for key, each in reversed(found.items()) if key]


def _runs(part: str) -> list[str]:
    """The runs of words in a part of a title, the longest first, of two as long the last: what it is stands there."""
    words = part.split()
    lengths = range(min(len(words) - 1, LONGEST_RUN), 1, -1)
    return [" ".join(words[at : at + length]) for length in lengths for at in range(len(words) - length, -1, -1)]


def _names(keys: Iterable[str]) -> Mapping[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    sources = (Entry.GUIDES, "occupations")
    rows = _in_parts(
        keys, lambda part: Name.objects.filter(stems__in=part, entry__source__in=sources).select_related("entry")
    )
    for name in rows:
        found[name.stems].append(name)
    return found


def _in_parts(values: Iterable[Value], rows_of: Callable[[list[Value]], QuerySet[Row]]) -> Iterator[Row]:
    """Rows by many values: SQLite takes no more than some thousand at once."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), BATCH):
        yield from rows_of(ordered[start : start + BATCH]).order_by("pk")
