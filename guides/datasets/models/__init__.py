"""What is imported, a module for each kind: figures, wages by area, projections, occupations and their titles."""

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
    "UtilizationFactor",
    "WageEstimate",
]
