"""Exercises, their items, and the editions that readers see."""

from .exercise import Exercise, ExerciseEdition
from .items import CallNumberSet, DeskQuestion, FaultyRecord, Item, TitlePage
from .kept import KeptExercise

__all__ = [
    "CallNumberSet",
    "DeskQuestion",
    "Exercise",
    "ExerciseEdition",
    "FaultyRecord",
    "Item",
    "KeptExercise",
    "TitlePage",
]
