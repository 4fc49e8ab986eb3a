"""A plan and what it holds."""

from .applications import Application
from .plan import KEPT_FOR, Item, Plan, PlanDate, Task
from .saved import Event, Note, SavedGuide, SavedStep

__all__ = ["KEPT_FOR", "Application", "Event", "Item", "Note", "Plan", "PlanDate", "SavedGuide", "SavedStep", "Task"]
