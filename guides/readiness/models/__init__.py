"""What editors write for the two checks, and what a person keeps of their results."""

from .checks import Area, Band, GuideRoutes, Option, Practice, Question, Stage
from .results import KeptGap, KeptResult, KeptStage

__all__ = [
    "Area",
    "Band",
    "GuideRoutes",
    "KeptGap",
    "KeptResult",
    "KeptStage",
    "Option",
    "Practice",
    "Question",
    "Stage",
]
