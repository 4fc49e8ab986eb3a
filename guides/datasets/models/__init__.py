"""What is imported, a module for each kind: figures and titles, wages by area, projections."""

from .imported import (
    CheckedFigure,
    Dataset,
    DatasetQuerySet,
    HandbookEntry,
    ImportedObservation,
    Occupation,
    OccupationBlock,
    OccupationProfile,
    OccupationTitle,
)
from .projections import Projection, UtilizationFactor
from .wages import Area, WageEstimate

__all__ = [
    "Area",
    "CheckedFigure",
    "Dataset",
    "DatasetQuerySet",
    "HandbookEntry",
    "ImportedObservation",
    "Occupation",
    "OccupationBlock",
    "OccupationProfile",
    "OccupationTitle",
    "Projection",
    "UtilizationFactor",
    "WageEstimate",
]
