"""The nation's rows as figures to hold those of guides against."""

from collections.abc import Iterator
from typing import Any

from guides.models import Figure

from ... import periods
from ...models import ImportedObservation
from ...models.wages import NUMBERS
from .rows import Estimate

MEASURES, STATISTICS, UNITS = Figure.Measure, Figure.Statistic, Figure.Unit
SINGLES = [
    ("employment", MEASURES.EMPLOYMENT, STATISTICS.TOTAL, UNITS.COUNT),
    ("annual_mean", MEASURES.PAY, STATISTICS.MEAN, UNITS.CURRENCY),
    ("annual_median", MEASURES.PAY, STATISTICS.MEDIAN, UNITS.CURRENCY),
    ("hourly_median", MEASURES.HOURLY, STATISTICS.MEDIAN, UNITS.CENTS),
]
# The range of pay is from the 10th to the 90th percentile, the middle half from the 25th to the 75th.
RANGES = [
    ("annual_p10", "annual_p90", MEASURES.PAY, STATISTICS.RANGE, UNITS.CURRENCY),
    ("annual_p25", "annual_p75", MEASURES.PAY, STATISTICS.MIDDLE, UNITS.CURRENCY),
]


def observations(code: str, estimate: Estimate, period: str) -> Iterator[ImportedObservation]:
    """Yield what the nation's row of a code says as observations."""
    numbers = dict(zip(NUMBERS, estimate.numbers, strict=True))
    marks = dict(mark.split("=") for mark in estimate.marks.split())
    common: dict[str, Any] = {"entry": code, "codes": code, "title": estimate.title, "period": period}
    common["year"] = periods.first_year(period)
    for name, measure, statistic, unit in SINGLES:
        value, mark = numbers[name], marks.get(name, "")
        if value is not None or mark:
            yield ImportedObservation(
                measure=measure, statistic=statistic, unit=unit, value=value, withheld=mark, **common
            )
    for low_name, high_name, measure, statistic, unit in RANGES:
        low, high = numbers[low_name], numbers[high_name]
        low_mark, high_mark = marks.get(low_name, ""), marks.get(high_name, "")
        # A range with one end blank and no mark says nothing to hold a figure against.
        if (low is not None or low_mark) and (high is not None or high_mark):
            yield ImportedObservation(
                measure=measure, statistic=statistic, unit=unit, low=low, high=high, withheld=low_mark or high_mark,
                **common,
            )  # fmt: skip
