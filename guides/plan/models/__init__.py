"""A plan and what it holds."""

from .applications import Application
from .earlier import EarlierState
from .plan import KEPT_FOR, Browser, Plan, PlanDate, PlanItem, Task, Visit, name_from
from .saved import Event, Note, SavedGuide, SavedStep
from .sharing import HELPERS_MAY_FOR, Comment, SharedKey

__all__ = [
    "HELPERS_MAY_FOR",
    "KEPT_FOR",
    "Application",
    "Browser",
    "Comment",
    "EarlierState",
    "Event",
    "Note",
    "Plan",
    "PlanDate",
    "PlanItem",
    "SavedGuide",
    "SavedStep",
    "SharedKey",
    "Task",
    "Visit",
    "name_from",
]
