"""A passage: a piece of what a guide or official data says, with its place, its source and its period."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .words import NOTHING, Said, all_said, said

# Where one sentence ends and another begins: no 'e.g. this' and no 'U.S. that'.
SENTENCE = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=[A-Z“(\"$€£\d])")
# A longer text is shown in part.
LONGEST = 420


@dataclass(frozen=True)
class SourceLine:
    """Where a passage is from: what that is called, of which period, and the address that tells more."""

    name: str
    period: str
    address: str


@dataclass(frozen=True)
class FigureShown:
    """A figure in an answer: what is measured, what it says, of what that is, and what must be known of it."""

    label: str
    amount: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """One piece of a text. `section` is the section's slug, or the part of an occupation's page; `title` what names the
    piece in it; `measure` what a figure measures with its statistic, such as 'pay:median'."""

    section: str
    heading: str
    address: str
    text: str
    title: str = ""
    kind: str = "text"
    sources: Sequence[SourceLine] = ()
    figure: FigureShown | None = None
    measure: str = ""
    # What it may be found by though it does not say so: other names of a skill.
    aliases: Sequence[str] = field(default=(), repr=False)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, in their order."""
        return [each for each in SENTENCE.split(self.text) if each]

    @cached_property
    def in_sentences(self) -> list[Said]:
        """What each of its sentences says."""
        return [said(each) for each in self.sentences]

    @cached_property
    def in_text(self) -> Said:
        together = NOTHING
        for each in self.in_sentences:
            together |= each
        return together

    @cached_property
    def in_title(self) -> Said:
        return said(self.title)

    @cached_property
    def in_heading(self) -> Said:
        return said(self.heading)

    @cached_property
    def in_aliases(self) -> Said:
        return all_said(self.aliases)

    @cached_property
    def all_in_it(self) -> Said:
        return self.in_text | self.in_title | self.in_heading | self.in_aliases


@dataclass(frozen=True)
class Body:
    """All passages of one guide or occupation: its key (a slug, or a code), title and address."""

    key: str
    title: str
    short_title: str
    address: str
    is_guide: bool
    # When what it says was published; empty for official data, whose passages say it.
    read_on: str
    passages: Sequence[Passage]
    names: Sequence[str] = ()

    @property
    def asking_address(self) -> str:
        """Where it is asked alone."""
        return f"{self.address}ask/"

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of its title: on its own page every question is about that."""
        return said(self.title).stems

    @cached_property
    def spread(self) -> Mapping[str, int]:
        """In how many passages each stem stands."""
        counts: dict[str, int] = {}
        for passage in self.passages:
            for stem in passage.all_in_it.stems:
                counts[stem] = counts.get(stem, 0) + 1
        return counts

    @cached_property
    def sections(self) -> Mapping[str, Passage]:
        """The first passage of each section, by its slug."""
        return {passage.section: passage for passage in reversed(self.passages)}
