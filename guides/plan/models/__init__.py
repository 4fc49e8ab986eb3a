"""A plan and what it holds."""

from .applications import Application
from .plan import KEPT_FOR, Plan, PlanDate, PlanItem, Task, Visit
from .saved import Event, Note, SavedGuide, SavedStep

__all__ = [
    "KEPT_FOR",
    "Application",
    "Event",
    "Note",
    "Plan",
    "PlanDate",
    "PlanItem",
    "SavedGuide",
    "SavedStep",
    "Task",
    "Visit",
]
