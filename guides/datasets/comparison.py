"""Guides' figures held against the newest imported data: who disagrees, and taking the newer value over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides import formats
from guides.models import Batch, Figure, Guide, Observation, Section
from guides.publishing import batches, editions, rewriting
from guides.publishing.observations import carried_note
from guides.publishing.rewriting import Spot

from . import codes, periods
from .models import ImportedObservation
from .sources import source_of

NEWER, OTHER = "newer", "other"
KINDS = {NEWER: gettext_lazy("newer data is out"), OTHER: gettext_lazy("the source says otherwise")}

# Numbers or words in place of those that were imported, by the observation's field.
Correction = Mapping[str, int | str | None]

# What must be the same before a figure and an imported observation can be compared.
Series = tuple[str, ...]


@dataclass(frozen=True)
class HeldFigure:
    """A figure held against imported data: its leading observation, and the newest imported one or None.

    `series` is all that is imported of the same quantity, whatever its year.
    """

    figure: Figure
    leading: Observation | None
    imported: ImportedObservation | None
    series: tuple[ImportedObservation, ...] = ()

    @property
    def kind(self) -> str:
        """NEWER where imported data is of a later year, OTHER where it has another value; '' where they agree."""
        if self.imported is None or self.leading is None or self.imported.year < self.leading.year:
            return ""
        if self.imported.year > self.leading.year:
            return NEWER
        # A source's words may be put in other words; only their age can be compared.
        if self.figure.unit == Figure.Unit.TEXT or says(self.imported.as_observation(self.figure)) == says(
            self.leading
        ):
            return ""
        return OTHER

    def by_year(self) -> dict[int, tuple[int | None, int | None]]:
        """What is officially known of the quantity, by year: its lower and its upper end, equal for a single value."""
        own = [each for each in self.figure.history if each.basis == Observation.Basis.OFFICIAL]
        imported = [each.as_observation(self.figure) for each in sorted(self.series, key=_newness)]
        # The last one of a year stands: what is imported before what a guide holds.
        return {each.year: says(each) for each in [*reversed(own), *imported]}

    def say(self, number: int) -> str:
        """Return a number as readers would see it of this figure."""
        return formats.values(self.figure, number, number)

    @property
    def kind_in_words(self) -> str:
        return str(KINDS.get(self.kind, ""))


def says(observation: Observation) -> tuple[int | None, int | None]:
    """What an observation says in numbers; a range of one number is that number."""
    return formats.ends(observation)


def hold(figures: Iterable[Figure]) -> list[HeldFigure]:
    """Return a HeldFigure for each of `figures`, rows or thawed, in their order. One query beside the figures' own."""
    wanted = {codes.in_order(figure.occupation_codes) for figure in figures if figure.occupation_codes}
    candidates: defaultdict[Series, list[ImportedObservation]] = defaultdict(list)
    published = ImportedObservation.objects.with_codes().published().filter(Q(counted__in=wanted))
    for imported in published.select_related("dataset"):
        candidates[series_of(imported, imported.counted)].append(imported)
    return [_held(figure, candidates) for figure in figures]


def series_of(row: Figure | ImportedObservation, counted: str) -> Series:
    """What must be the same before a figure and an imported observation can be compared."""
    return (row.measure, row.statistic, row.unit, row.currency, row.area, codes.in_order(counted))


def _held(figure: Figure, candidates: defaultdict[Series, list[ImportedObservation]]) -> HeldFigure:
    leading: Observation | None = figure.leading
    fitting: list[ImportedObservation] = []
    if leading and figure.occupation_codes:
        fitting = candidates[series_of(figure, figure.occupation_codes)]
    if leading and figure.measure == Figure.Measure.EMPLOYMENT:
        # The survey (May 2024), the projections' base (2024) and what they expect (2024-34) count jobs apart.
        fitting = [row for row in fitting if periods.form(row.period) == periods.form(leading.period)]
    return HeldFigure(figure, leading, max(fitting, key=_newness, default=None), tuple(fitting))


def _newness(imported: ImportedObservation) -> tuple[int, bool, str]:
    """Sort key: the newest last; of one year the survey itself before the Handbook, which quotes it."""
    return (imported.year, not imported.dataset.publisher.quotes, imported.dataset.edition)


class Outdated(Exception):
    """What was to be taken over is no longer what imported data says against the figure."""


@dataclass(frozen=True)
class Taken:
    """What was taken over: the new observations, and the drafts that hold them, None where none changed."""

    observations: list[Observation]
    batch: Batch | None


def use_newer(figure: Figure, imported_pk: int, author: AbstractBaseUser | None = None) -> Observation:
    """Take one imported value over: see use_several."""
    return use_several({figure.pk: imported_pk}, author).observations[0]


@transaction.atomic
def use_several(
    chosen: Mapping[int, int],
    author: AbstractBaseUser | None = None,
    corrections: Mapping[int, Correction] | None = None,
    words: Mapping[Spot, str] | None = None,
) -> Taken:
    """Add imported values to their figures as official observations, and save each guide's draft once, as one batch.

    `chosen` gives the key of the imported value for that of the figure, `corrections` what an editor knows better of
    it, `words` what sentences are to say. What was there stays as history. Raises, having changed nothing, Outdated
    where a figure or the data changed since the editor saw them, rewriting.Outdated where a sentence did, and
    ValidationError.
    """
    corrections, words = corrections or {}, words or {}
    touched = Section.objects.filter(figures__in=chosen).values_list("guide", flat=True)
    editions.lock_all(Guide.objects.filter(pk__in={*touched, *rewriting.guides_of(words)}))
    figures = Figure.objects.filter(pk__in=chosen).select_related("section__guide").prefetch_related("observations")
    held_figures = hold(figures.order_by("section__guide__title", "section__position", "position", "pk"))
    if len(held_figures) < len(chosen):
        raise Outdated
    taken: defaultdict[Guide, list[Observation]] = defaultdict(list)
    for held in held_figures:
        figure, imported = held.figure, held.imported
        if not held.kind or imported is None or imported.pk != chosen[figure.pk]:
            raise Outdated
        taken[figure.section.guide].append(take_over(figure, imported, corrections.get(figure.pk)))
    comments = {guide: _("Sentences corrected") for guide in rewriting.rewrite(words)}
    for guide, observations in taken.items():
        said = ", ".join(f"{each.figure.label} ({each.period})" for each in observations)
        comments[guide] = _("Taken over from imported data: %(figures)s") % {"figures": said}
    new = [observation for observations in taken.values() for observation in observations]
    said = ngettext("%(count)d newer figure", "%(count)d newer figures", len(new)) % {"count": len(new)}
    return Taken(new, batches.save(comments, author, said if new else _("Sentences corrected")))


def take_over(figure: Figure, imported: ImportedObservation, correction: Correction | None = None) -> Observation:
    """Save the imported value as an observation of `figure` and return it; an editor's `correction` goes before it.

    One source says one thing of one period: where there is such an observation it is corrected, and its note keeps
    what it said. A new one takes over the note of the one that led.
    """
    source, today = source_of(imported), timezone.localdate()
    observation, led = imported.as_observation(figure), figure.leading
    same = figure.observations.filter(period=imported.period, source=source).first()
    if same:
        observation.pk, observation._state.adding = same.pk, False
        note = _("Corrected; it said %(before)s before.") % {"before": formats.amount(same)}
        observation.note = f"{note} {same.note}".strip()[:500]
    elif led:
        # What an editor noted of the figure may hold still.
        observation.note = carried_note(led)
    if correction and _is_another(observation, correction):
        said = _("Corrected by hand; the imported data says %(imported)s.") % {"imported": formats.amount(observation)}
        observation.note = f"{said} {observation.note}".strip()[:500]
        for name, value in correction.items():
            setattr(observation, name, value)
    observation.source, observation.basis = source, Observation.Basis.OFFICIAL
    observation.checked_on, observation.review_after = today, periods.review_after(imported.period, today)
    observation.full_clean()
    observation.save()
    return observation


def _is_another(observation: Observation, correction: Correction) -> bool:
    return any(getattr(observation, name) != value for name, value in correction.items())
