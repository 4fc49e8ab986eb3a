"""A plan and what it holds."""

from .applications import Application
from .dates import PlanDate
from .earlier import EarlierState
from .follow_ups import Advice, FollowUp
from .interviews import ApplicationPart, Contact, Interview
from .items import PlanItem, Task, name_from
from .plan import KEPT_FOR, Browser, Plan, Visit
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
