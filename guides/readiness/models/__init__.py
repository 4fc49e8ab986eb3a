"""What editors write for the two checks, and what a person keeps of their results."""

from .checks import Area, Band, Option, Question
from .practices import Practice
from .results import KeptGap, KeptResult, KeptStage
from .routes import GuideRoutes, Stage

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
