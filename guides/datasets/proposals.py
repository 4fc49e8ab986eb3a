"""What would follow from taking newer figures over: the sentences that would change, and what is out of line."""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import figures_in_texts, formats, freezing
from guides.figures_in_texts import Figures
from guides.models import Figure, Guide, Observation
from guides.publishing import figures_by_hand
from guides.publishing.places import headings_in, part_of
from guides.publishing.sentences import sentences, without_links

from .comparison import HeldFigure
from .models import ImportedObservation
from .sources import known_source

# From so many times the last value on, a digit is likely to be missing or too many.
TIMES = 10
# A series with fewer changes than these has no habits.
FEWEST_CHANGES = 2
NOT_KEPT = 2**40
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a draft: the part of the guide, what readers see, and what they would see."""

    place: str
    before: str
    after: str = ""


@dataclass(frozen=True)
class Proposal:
    """A newer figure that could be taken over: what it would change, which sentences it leaves, what is out of line."""

    held: HeldFigure
    imported: ImportedObservation
    changed: list[Sentence]
    by_hand: list[Sentence]
    warnings: list[str]

    @property
    def figure(self) -> Figure:
        return self.held.figure

    @property
    def guide(self) -> Guide:
        return self.figure.section.guide

    @property
    def says(self) -> str:
        return formats.amount(self.held.leading) if self.held.leading else ""

    @property
    def would_say(self) -> str:
        return formats.amount(self.imported.as_observation(self.figure))

    @property
    def key(self) -> str:
        """What a form sends of it: the figure, and the imported value that was shown."""
        return f"{self.figure.pk}-{self.imported.pk}"


def propose(held_figures: Iterable[HeldFigure]) -> Iterator[Proposal]:
    """Yield a Proposal for each figure that newer data is out for, or that its source contradicts.

    Drafts are read as they are; each figure is looked at as if it alone were taken over.
    """
    drafts: dict[int, freezing.Frozen] = {}
    for held in held_figures:
        if held.imported is None or not held.kind:
            continue
        guide = held.figure.section.guide
        if guide.pk not in drafts:
            drafts[guide.pk] = freezing.freeze(guide, derived=False)
        content = drafts[guide.pk]
        figures = freezing.figures_of(freezing.thaw(content))
        changed = list(_changed(content, figures, held.figure, held.imported))
        by_hand = list(_by_hand(content, figures, held.figure))
        yield Proposal(held, held.imported, changed, by_hand, list(warnings(held, held.imported)))


def _changed(
    content: freezing.Frozen, figures: Figures, figure: Figure, imported: ImportedObservation
) -> Iterator[Sentence]:
    """Yield the sentences that would say something else."""
    key, headings = (figure.section.slug, figure.slug), headings_in(content["objects"])
    after = {**figures, key: _as_taken_over(figures[key], imported)}
    for plain in content["objects"]:
        for _field, text in freezing.prose(plain):
            if figures_in_texts.START not in text:
                continue
            for sentence in map(without_links, sentences(text)):
                said, would_say = (figures_in_texts.fill(sentence, known) for known in (figures, after))
                if said != would_say:
                    yield Sentence(part_of(plain, headings), said, would_say)


def _by_hand(content: freezing.Frozen, figures: Figures, figure: Figure) -> Iterator[Sentence]:
    """Yield the sentences that hold what the figure says by hand: they would stay behind."""
    key, headings = (figure.section.slug, figure.slug), headings_in(content["objects"])
    official = figures_by_hand.official_values({key: figures[key]})
    for plain in content["objects"]:
        held = (sentence for sentence, _typed, _official in figures_by_hand.held(plain, official))
        for sentence in dict.fromkeys(held):
            yield Sentence(part_of(plain, headings), without_links(sentence))


def _as_taken_over(figure: Figure, imported: ImportedObservation) -> Figure:
    """Return a copy of `figure`, thawed, as comparison.take_over would leave it."""
    source = known_source(imported)
    taken = copy.copy(figure)
    new = imported.as_observation(taken)
    new.basis, new.pk = Observation.Basis.OFFICIAL, NOT_KEPT
    rows = []
    for observation in figure.observations.all():
        if source and (observation.period, observation.source.slug) == (imported.period, source.slug):
            new.pk = observation.pk
        else:
            rows.append(observation)
    taken.__dict__["_prefetched_objects_cache"] = {"observations": freezing.fetched(Observation, [new, *rows])}
    return taken


def warnings(held: HeldFigure, imported: ImportedObservation) -> Iterator[str]:
    """Yield what is out of line about an imported value: look twice before it is taken over."""
    yield from _of_another_period(imported)
    before = held.leading and formats.ends(held.leading)
    for old, new in zip(before or (), formats.ends(imported.as_observation(held.figure)), strict=False):
        if old and new and max(abs(new / old), abs(old / new)) >= TIMES:
            words = {"before": held.say(old), "after": held.say(new), "times": TIMES}
            told = _("From %(before)s to %(after)s it is %(times)s times or more: is a digit missing, or too many?")
            yield told % words
            return
    yield from _unlike_the_series(held, imported)


def _of_another_period(imported: ImportedObservation) -> Iterator[str]:
    """A value that is said to be of one year, from an edition, a source or a file that names others."""
    dataset, source = imported.dataset, known_source(imported)
    title = source.title if source else dataset.publisher.cite(imported).title
    for text in dict.fromkeys([title, dataset.edition, dataset.file_name]):
        years = {int(year) for year in _YEARS.findall(text)}
        if years and imported.year not in years:
            yield _("It is said to be of %(period)s, but it comes from “%(text)s”.") % {
                "period": formats.dashes(imported.period),
                "text": text,
            }


def _unlike_the_series(held: HeldFigure, imported: ImportedObservation) -> Iterator[str]:
    """A change that is larger than any that the series had in a year."""
    if held.figure.unit == Figure.Unit.PERCENT:
        return
    for place in (0, 1):
        ends = {year: both[place] for year, both in held.by_year().items() if year < imported.year}
        known = {year: end for year, end in ends.items() if end}
        new = formats.ends(imported.as_observation(held.figure))[place]
        largest = max(map(abs, _changes(known)), default=0.0)
        if not new or len(_changes(known)) < FEWEST_CHANGES:
            continue
        first, last = min(known), max(known)
        [change] = _changes({last: known[last], imported.year: new}) or [0.0]
        if round(abs(change), 3) > round(largest, 3):
            words = {
                "before": held.say(known[last]),
                "after": held.say(new),
                "change": formats.more_or_less(100 * change, of_things=held.figure.unit == Figure.Unit.COUNT),
                "largest": formats.one_decimal(100 * largest),
                "first": first,
                "last": last,
                "years": imported.year - last,
            }
            told = ngettext(
                "From %(before)s to %(after)s it is %(change)s in a year; from %(first)s to %(last)s it never changed "
                "by more than %(largest)s percent a year.",
                "From %(before)s to %(after)s it is %(change)s a year over %(years)s years; from %(first)s to %(last)s "
                "it never changed by more than %(largest)s percent a year.",
                imported.year - last,
            )
            yield told % words
            return


def _changes(by_year: dict[int, int]) -> list[float]:
    """The changes of a series from one known year to the next, each as a share a year."""
    pairs = [(year, later) for year, later in pairwise(sorted(by_year)) if by_year[year] * by_year[later] > 0]
    return [(by_year[later] / by_year[year]) ** (1 / (later - year)) - 1 for year, later in pairs]
