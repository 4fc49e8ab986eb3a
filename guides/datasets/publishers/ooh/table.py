"""The table of all entries that a third party makes of the Handbook."""

from collections.abc import Iterator
from pathlib import Path

from ...files import tables
from ...files.columns import Column
from ...progress import Progress
from .figures import JOBS, JOBS_AHEAD, Entry, Timing, find_timing

COLUMNS = [
    Column("title", "title|occupation|occupation_title|name"),
    Column("slug", "slug|entry|occupation_slug"),
    Column("soc_code", "soc_code|soc|occ_code|occupation_code"),
    Column("median_pay_annual", r"median_pay_annual|median_annual_pay|median_annual_wage|annual_median"),
    Column("entry_education", "entry_education|entry_level_education|typical_entry_level_education"),
    Column("projected_employment_<year>", r"(?:projected_employment|projected_jobs|employment_projected)_(\d{4})"),
    Column("num_jobs_<year>", r"(?:num_jobs|number_of_jobs|jobs|employment)_(\d{4})"),
    Column("outlook_pct", "outlook_pct|outlook_percent|percent_change|employment_change_percent"),
    Column("employment_change", "employment_change|employment_change_numeric|numeric_change|change_in_jobs"),
    Column("openings", "openings|annual_openings|openings_a_year|openings_per_year", required=False),
    Column("url", "url|address|link"),
]


def entries(path: Path, pay_period: str | None, progress: Progress) -> Iterator[tuple[str, Entry, Timing]]:
    """Yield `(where, entry, timing)` of each line.

    The table does not say of which May its pay is: without `pay_period` it is taken for that of the base year.
    """
    for number, row, recognized in tables.rows(path, COLUMNS, progress=progress):
        timing = find_timing(recognized.years[JOBS], recognized.years[JOBS_AHEAD], pay_period, path)
        yield f"{path}: line {number}", row, timing
