"""What the wage survey says of an occupation: in the nation, over years, and by state."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.datasets import pay_by_state
from guides.datasets.models import Area, Dataset, WageEstimate
from guides.datasets.pay_by_state import PayByState
from guides.models import Figure
from guides.reading import charts
from guides.reading.charts.pay import ALL_JOBS
from guides.reading.charts.years import Line, Years, line

from . import figures
from .models import OccupationListing

# The survey's numbers in words.
PERCENTILES = (
    ("p10", gettext_lazy("One in ten earns less than")),
    ("p25", gettext_lazy("One in four earns less than")),
    ("median", gettext_lazy("Half earn less than (median)")),
    ("p75", gettext_lazy("One in four earns more than")),
    ("p90", gettext_lazy("One in ten earns more than")),
    ("mean", gettext_lazy("All pay, divided by the people (mean)")),
)


@dataclass(frozen=True)
class Pay:
    """What the wage survey says of an occupation in the nation: `newest` is its row of the newest edition."""

    newest: WageEstimate
    figures: Sequence[Figure]

    @cached_property
    def strip(self) -> charts.Strip | None:
        return charts.strip([figure for figure in self.figures if figure.measure in ("pay", "hourly")])

    @cached_property
    def years(self) -> Years | None:
        """Median pay and jobs over years, without all jobs."""
        wanted = {("pay", "median"), ("hourly", "median"), ("employment", "total")}
        own = [figure for figure in self.figures if figure.occupation_codes != ALL_JOBS]
        told = [figure for figure in own if (figure.measure, figure.statistic) in wanted]
        # Where a year's pay is published, the hour's says the same again.
        if any(figure.measure == "pay" for figure in told):
            told = [figure for figure in told if figure.measure != "hourly"]
        lines: list[Line] = [drawn for figure in told if (drawn := line(figure))]
        return Years(lines) if lines else None

    @property
    def editions(self) -> str:
        """The editions that are shown: the newest, or from which one to it where the years are drawn."""
        newest = self.newest.dataset.edition
        starts = [line.first.observation for line in self.years.lines] if self.years else []
        if not starts:
            return newest
        first = min(starts, key=lambda observation: observation.year)
        return _("%(first)s to %(newest)s") % {"first": first.period, "newest": newest}

    @property
    def year_says(self) -> str:
        """The median a year as readers see it, also where the survey gives no number."""
        return self.newest.says("annual_median")

    @property
    def hour_says(self) -> str:
        return self.newest.says("hourly_median")

    @property
    def jobs_says(self) -> str:
        return self.newest.says("employment")

    @property
    def percentiles(self) -> list[tuple[str, str, str]]:
        """What each percentile is, then how much a year and an hour; where the survey gives no number, it says so."""
        row = self.newest
        return [(str(words), row.says(f"annual_{name}"), row.says(f"hourly_{name}")) for name, words in PERCENTILES]


def wages(listing: OccupationListing) -> tuple[Pay | None, PayByState | None]:
    """What the wage survey says of the row that counts an occupation, in the nation and by state. One query."""
    code = listing.pay_code
    if not code:
        return None, None
    nation = Q(area__kind=Area.Kind.NATION, code__in=[code, ALL_JOBS])
    states = Q(area__kind__in=(Area.Kind.STATE, Area.Kind.TERRITORY), code=code)
    rows = WageEstimate.objects.filter(nation | states, dataset__in=Dataset.objects.installed())
    kept = list(
        rows.filter(code__in=[code, ALL_JOBS])
        .select_related("area", "dataset")
        .order_by("-dataset__edition", "area__name")
    )
    national = [row for row in kept if row.area.kind == Area.Kind.NATION]
    own = [row for row in national if row.code == code]
    in_states = [row for row in kept if row.area.kind != Area.Kind.NATION]
    by_state = None
    if in_states:
        newest = in_states[0].dataset
        of_edition = [row for row in kept if row.dataset_id == newest.pk and row.code == code]
        drawn_by_state = pay_by_state.of_rows(code, newest, of_edition)
        by_state = drawn_by_state if drawn_by_state.known else None
    if not own:
        return None, by_state
    # Of all jobs the newest edition is enough: they stand beside it.
    drawn = [row for row in national if row.code == code or row.dataset_id == own[0].dataset_id]
    return Pay(own[0], figures.of_wages(drawn)), by_state
