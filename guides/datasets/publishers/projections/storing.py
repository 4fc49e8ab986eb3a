"""The projections into the database: figures, a typed row for each occupation, and the reasons for its change."""

from ...models import Dataset
from ...progress import Progress
from ...storing import Summary, store_figures, store_rows
from .reading import Workforce


def store(dataset: Dataset, workforce: Workforce, progress: Progress) -> list[Summary]:
    """Keep an edition beside the others."""
    projections, factors, name = dataset.projections.all(), dataset.factors.all(), workforce.file_name
    return [
        *store_figures(dataset, workforce, progress),
        store_rows(dataset, workforce.projections.values(), projections, ("code",), name, progress),
        store_rows(dataset, workforce.factors, factors, ("code", "industry_code"), name, progress),
    ]
