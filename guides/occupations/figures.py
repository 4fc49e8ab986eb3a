"""Rows of the Bureau's data as figures with their observations, so that the guides' charts draw them too."""

from collections.abc import Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.datasets.models import Dataset, ImportedObservation, Projection, WageEstimate
from guides.datasets.models.wages import NUMBERS
from guides.datasets.publishers.oews import figures as wage_figures
from guides.datasets.publishers.oews.rows import Estimate
from guides.datasets.publishers.projections import figures as projection_figures
from guides.models import Figure, Observation, Source
from guides.thawed_rows import fetched

Measure = Figure.Measure
# What stands above a line over years.
LABELS: dict[str, str | Promise] = {
    Measure.PAY: _("Median pay a year"),
    Measure.HOURLY: _("Median pay an hour"),
    Measure.EMPLOYMENT: _("Jobs"),
}


def of_wages(rows: Iterable[WageEstimate]) -> list[Figure]:
    """Return the nation's rows of several editions as figures, each with an observation of every edition."""
    return _figures(
        [
            (imported, row.dataset)
            for row in rows
            for imported in wage_figures.observations(row.code, _estimate(row), row.dataset.edition)
        ]
    )


def of_projection(projection: Projection) -> list[Figure]:
    """Return what a projection says as figures, of its base year and of its span of years."""
    span = projection.dataset.edition
    observations = projection_figures.observations(projection, span.partition("-")[0], span)
    # Jobs of the base year and jobs ten years on are two figures.
    return [figure for imported in observations for figure in _figures([(imported, projection.dataset)])]


def _estimate(row: WageEstimate) -> Estimate:
    return Estimate(row.title, tuple(getattr(row, name) for name in NUMBERS), row.marks)


def _figures(observations: Iterable[tuple[ImportedObservation, Dataset]]) -> list[Figure]:
    """Return observations as figures, those of the same codes, measure and statistic together.

    What the publisher withholds is left out.
    """
    figures: dict[tuple[str, ...], tuple[Figure, list[Observation]]] = {}
    for imported, dataset in observations:
        # Means are told by percentile; no chart draws them.
        if imported.withheld or imported.statistic == Figure.Statistic.MEAN:
            continue
        imported.dataset = dataset
        key = (imported.codes, imported.measure, imported.statistic, imported.unit)
        if key not in figures:
            figures[key] = _figure(imported, len(figures) + 1), []
        figure, held = figures[key]
        observation = imported.as_observation(figure)
        observation.source, observation.basis = _source(imported), Observation.Basis.OFFICIAL
        # As old as its edition says, and never due here: the next edition takes its place by itself.
        observation.checked_on, observation.review_after = dataset.imported_at.date(), date.max
        held.append(observation)
    for figure, held in figures.values():
        figure.__dict__["_prefetched_objects_cache"] = {"observations": fetched(Observation, held)}
    return [figure for figure, _held in figures.values()]


def _figure(imported: ImportedObservation, number: int) -> Figure:
    """Return a figure that is not saved; its key is only its place among the others."""
    return Figure(
        pk=number,
        slug=f"{imported.measure}-{imported.statistic}",
        label=str(LABELS.get(imported.measure, "")),
        measure=imported.measure,
        statistic=imported.statistic,
        unit=imported.unit,
        currency=imported.currency,
        area=imported.area,
        occupation_codes=imported.codes,
    )


def _source(imported: ImportedObservation) -> Source:
    """Return the source that a guide would cite, not saved."""
    cited = imported.dataset.publisher.cite(imported)
    return Source(slug=cited.slug, short_name=cited.short_name, title=cited.title, url=cited.url, note=cited.note)
