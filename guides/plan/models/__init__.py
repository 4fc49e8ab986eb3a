"""A plan and what it holds."""

from .applications import Application
from .plan import KEPT_FOR, Dated, Item, Plan, Task
from .saved import Event, Note, SavedGuide, SavedStep

__all__ = ["KEPT_FOR", "Application", "Dated", "Event", "Item", "Note", "Plan", "SavedGuide", "SavedStep", "Task"]
