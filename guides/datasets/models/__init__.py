"""What is imported, a module for each kind: figures, wages by area, projections, occupations and their titles.

`StateLink` alone is written by editors: a row of a guide.
"""

from .imported import (
    CheckedFigure,
    Dataset,
    DatasetQuerySet,
    HandbookEntry,
    ImportedFile,
    ImportedObservation,
)
from .occupations import Occupation, OccupationBlock, OccupationProfile, OccupationTitle
from .projections import Projection, UtilizationFactor
from .state_links import StateLink
from .wages import Area, WageEstimate

__all__ = [
    "Area",
    "CheckedFigure",
    "Dataset",
    "DatasetQuerySet",
    "HandbookEntry",
    "ImportedFile",
    "ImportedObservation",
    "Occupation",
    "OccupationBlock",
    "OccupationProfile",
    "OccupationTitle",
    "Projection",
    "StateLink",
    "UtilizationFactor",
    "WageEstimate",
]
