"""The content model: a guide, its sections, what they hold, the figures, and the editions readers see."""

from .edition import Edition
from .figures import Figure, Observation, Source
from .guide import Guide, GuideTitle, RelatedCareer, Section
from .report import Report
from .rows import CareerLevel, Point, Question, Route, Skill, Step, ToolLink
from .version import ContentVersion

__all__ = [
    "CareerLevel",
    "ContentVersion",
    "Edition",
    "Figure",
    "Guide",
    "GuideTitle",
    "Observation",
    "Point",
    "Question",
    "RelatedCareer",
    "Report",
    "Route",
    "Section",
    "Skill",
    "Source",
    "Step",
    "ToolLink",
]
