"""An occupation's projection as figures to hold those of guides against."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP
from typing import Any

from guides.models import Figure

from ...models import ImportedObservation, Projection

MEASURES, STATISTICS, UNITS = Figure.Measure, Figure.Statistic, Figure.Unit


def observations(projection: Projection, base: str, span: str) -> Iterator[ImportedObservation]:
    """Yield what a projection says as observations, of its base year and of its span of years."""
    common: dict[str, Any] = {
        "entry": projection.code, "codes": projection.code, "title": projection.title, "year": int(base),
    }  # fmt: skip
    percent = projection.change_percent
    numbers = [
        (MEASURES.EMPLOYMENT, UNITS.COUNT, base, projection.employment),
        (MEASURES.EMPLOYMENT, UNITS.COUNT, span, projection.projected_employment),
        (MEASURES.CHANGE, UNITS.COUNT, span, projection.change),
        # Guides and the Handbook round to whole percents.
        (MEASURES.CHANGE, UNITS.PERCENT, span, None if percent is None else int(percent.quantize(1, ROUND_HALF_UP))),
        (MEASURES.OPENINGS, UNITS.COUNT, span, projection.openings),
        (MEASURES.EXITS, UNITS.COUNT, span, projection.exits),
        (MEASURES.TRANSFERS, UNITS.COUNT, span, projection.transfers),
    ]
    for measure, unit, period, value in numbers:
        if value is not None:
            yield ImportedObservation(
                measure=measure, statistic=STATISTICS.TOTAL, unit=unit, period=period, value=value, **common
            )
    if projection.education:
        yield ImportedObservation(
            measure=MEASURES.EDUCATION, statistic=STATISTICS.TYPICAL, unit=UNITS.TEXT, period=base,
            text=projection.education, **common,
        )  # fmt: skip
