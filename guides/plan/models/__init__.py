"""A plan and what it holds."""

from .applications import Application
from .earlier import EarlierState
from .follow_ups import Advice, FollowUp
from .interviews import ApplicationPart, Contact, Interview
from .plan import KEPT_FOR, Browser, Plan, PlanDate, PlanItem, Task, Visit, name_from
from .saved import Event, Note, SavedGuide, SavedStep
from .sharing import HELPERS_MAY_FOR, Comment, SharedKey

__all__ = [
    "HELPERS_MAY_FOR",
    "KEPT_FOR",
    "Advice",
    "Application",
    "ApplicationPart",
    "Browser",
    "Comment",
    "Contact",
    "EarlierState",
    "Event",
    "FollowUp",
    "Interview",
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
