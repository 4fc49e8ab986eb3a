"""What would follow from taking newer figures over: the sentences that would change, and what is out of line."""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.db.models import Model
from django.utils.translation import ngettext

from guides import figures_in_texts, formats, freezing, thawed_rows
from guides.figures_in_texts import FigureName, Figures
from guides.models import Figure, Guide, Observation
from guides.publishing import figures_by_hand, outliers
from guides.publishing.places import headings_in, part_of
from guides.publishing.rewriting import Spot
from guides.publishing.sentences import on_one_line, spans, without_links

from .comparison import HeldFigure
from .models import ImportedObservation
from .sources import known_source

# A series with fewer changes than these has no habits.
FEWEST_CHANGES = 2
NOT_KEPT = 2**40
# What is in a text and is no word of it: a figure's name, and where a link leads.
_TAKEN = re.compile(rf"{figures_in_texts.ATTEMPT.pattern}|\]\([^)\s]*\)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a draft: the part of the guide, what readers see, and what they would see.

    `spot` is where it stands, empty where it is shown with another figure already; `text` is what may be written there.
    """

    place: str
    before: str
    after: str = ""
    spot: Spot | None = None
    text: str = ""


@dataclass(frozen=True)
class Proposal:
    """A newer figure that could be taken over: what it would change, which sentences it leaves, what is out of line.

    `by_hand` are sentences that hold the old value by hand, each with other words for it where there are any.
    """

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


class Draft:
    """A guide's draft as it is, with the row of each of its texts; `shown` are the spots that a page shows already.

    `official` is what its figures at hand say in numbers, to find sentences that say it by hand.
    """

    def __init__(self, guide: Guide, at_hand: set[int]) -> None:
        self.content, self.rows = freezing.freeze_rows(guide, derived=False)
        self.figures = freezing.figures_of(freezing.thaw(self.content))
        self.headings = headings_in(self.content["objects"])
        keys = [key_of(row) for row in self.rows if isinstance(row, Figure) and row.pk in at_hand]
        self.official = figures_by_hand.official_values({key: self.figures[key] for key in keys})
        self.shown: set[Spot] = set()

    def plains(self) -> Iterator[tuple[freezing.Plain, Model]]:
        """Yield each plain object with its row."""
        return zip(self.content["objects"], self.rows, strict=True)

    def sentence(self, plain: freezing.Plain, spot: Spot, before: str, after: str, text: str) -> Sentence:
        """A sentence of this draft; its spot is told once a page."""
        is_new = spot not in self.shown
        self.shown.add(spot)
        return Sentence(part_of(plain, self.headings), before, after, spot if is_new else None, text)


def key_of(figure: Figure) -> tuple[str, str]:
    """What texts of its guide know a figure by."""
    return (figure.section.slug, figure.slug)


def propose(held_figures: Iterable[HeldFigure]) -> Iterator[Proposal]:
    """Yield a Proposal for each figure that newer data is out for, or that its source contradicts.

    Drafts are read as they are; each figure is looked at as if it alone were taken over.
    """
    newer = [(held, held.imported) for held in held_figures if held.imported and held.kind]
    at_hand = {held.figure.pk for held, _imported in newer}
    drafts: dict[int, Draft] = {}
    for held, imported in newer:
        guide = held.figure.section.guide
        if guide.pk not in drafts:
            drafts[guide.pk] = Draft(guide, at_hand)
        draft, key = drafts[guide.pk], key_of(held.figure)
        figure = draft.figures[key]
        after = {**draft.figures, key: _as_taken_over(figure, imported)}
        by_hand = list(_by_hand(draft, figure, after))
        changed = list(_changed(draft, after))
        yield Proposal(held, imported, changed, by_hand, list(warnings(held, imported)))


def _changed(draft: Draft, after: Figures) -> Iterator[Sentence]:
    """Yield the sentences that would say something else."""
    for plain, row in draft.plains():
        for name, text in freezing.prose(plain):
            if figures_in_texts.START not in text:
                continue
            for start, end in spans(text):
                sentence = without_links(on_one_line(text[start:end]))
                said, would_say = (figures_in_texts.fill(sentence, known) for known in (draft.figures, after))
                if said != would_say:
                    yield draft.sentence(plain, Spot.of(row, name, start, end), said, would_say, text[start:end])


def _by_hand(draft: Draft, figure: Figure, after: Figures) -> Iterator[Sentence]:
    """Yield the sentences that hold what the figure says by hand: they would stay behind."""
    for plain, row in draft.plains():
        # One after the other, as they stand in one sentence.
        held_here = figures_by_hand.held(plain, draft.official)
        for (name, start, end), group in groupby(held_here, key=lambda held: (held.field, held.start, held.end)):
            helds = list(group)
            if all(held.official.observation.figure is not figure for held in helds):
                continue
            text = words = plain["fields"][name][start:end]
            for held in helds:
                words = _in_other_words(words, held)
            said = without_links(on_one_line(figures_in_texts.fill(text, draft.figures)))
            would_say = without_links(on_one_line(figures_in_texts.fill(words, after)))
            spot = Spot.of(row, name, start, end)
            yield draft.sentence(plain, spot, said, would_say if words != text else "", words)


def _in_other_words(text: str, held: figures_by_hand.Held) -> str:
    """Return a sentence with the figure's name for what it holds by hand, so that it follows the figure.

    Where the sentence tells of the old year in other words than the figure does, the old number is marked to stay.
    """
    leading, figure = held.official.observation, held.official.observation.figure
    if leading is not figure.leading or held.official.name is None:
        return text
    periods_of_it = dict.fromkeys([leading.period, formats.dashes(leading.period)])
    rest = text
    for period in periods_of_it:
        rest = rest.replace(period, "")
    is_past = str(leading.year) in rest
    name = figures_in_texts.number_name(held.typed) if is_past else str(held.official.name)
    # What says of a change that it is less or more says so itself.
    ending = r"\s+(?:fewer|more|less)\b" if held.official.name.form == "more-or-less" and not is_past else ""
    text = _outside_names(text, re.escape(held.typed).replace(r"\ ", r"\s+") + ending, name)
    for period in () if is_past else periods_of_it:
        name = str(FigureName(figure.section.slug, figure.slug, "period"))
        text = _outside_names(text, rf"(?<!\w){re.escape(period)}(?!\w)", name)
    return text


def _outside_names(text: str, pattern: str, name: str) -> str:
    """Return `text` with `name` where `pattern` first stands outside of figures' names and of links' addresses."""
    for match in re.finditer(pattern, text):
        if not any(taken.start() < match.end() and match.start() < taken.end() for taken in _TAKEN.finditer(text)):
            return text[: match.start()] + name + text[match.end() :]
    return text


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
    taken.__dict__["_prefetched_objects_cache"] = {"observations": thawed_rows.fetched(Observation, [new, *rows])}
    return taken


def warnings(held: HeldFigure, imported: ImportedObservation, new: Observation | None = None) -> Iterator[str]:
    """Yield what is out of line about an imported value: look twice before it is taken over.

    `new` is what an editor would write in its place.
    """
    dataset, source = imported.dataset, known_source(imported)
    title = source.title if source else dataset.publisher.cite(imported).title
    new = new or imported.as_observation(held.figure)
    yield from outliers.of_period(new, title, dataset.edition, dataset.file_name)
    if far := list(outliers.of_values(held.figure, held.leading, new)):
        yield from far
    else:
        yield from _unlike_the_series(held, new)


def _unlike_the_series(held: HeldFigure, new: Observation) -> Iterator[str]:
    """A change that is larger than any that the series had in a year."""
    if held.figure.unit == Figure.Unit.PERCENT:
        return
    for place in (0, 1):
        ends = {year: both[place] for year, both in held.by_year().items() if year < new.year}
        known = {year: end for year, end in ends.items() if end}
        number = formats.ends(new)[place]
        largest = max(map(abs, _changes(known)), default=0.0)
        if not number or len(_changes(known)) < FEWEST_CHANGES:
            continue
        first, last = min(known), max(known)
        [change] = _changes({last: known[last], new.year: number}) or [0.0]
        if round(abs(change), 3) > round(largest, 3):
            words = {
                "before": held.say(known[last]),
                "after": held.say(number),
                "change": formats.more_or_less(100 * change, of_things=held.figure.unit == Figure.Unit.COUNT),
                "largest": formats.one_decimal(100 * largest),
                "first": first,
                "last": last,
                "years": new.year - last,
            }
            told = ngettext(
                "From %(before)s to %(after)s it is %(change)s in a year; from %(first)s to %(last)s it never changed "
                "by more than %(largest)s percent a year.",
                "From %(before)s to %(after)s it is %(change)s a year over %(years)s years; from %(first)s to %(last)s "
                "it never changed by more than %(largest)s percent a year.",
                new.year - last,
            )
            yield told % words
            return


def _changes(by_year: dict[int, int]) -> list[float]:
    """The changes of a series from one known year to the next, each as a share a year."""
    pairs = [(year, later) for year, later in pairwise(sorted(by_year)) if by_year[year] * by_year[later] > 0]
    return [(by_year[later] / by_year[year]) ** (1 / (later - year)) - 1 for year, later in pairs]
