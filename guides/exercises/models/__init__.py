"""Exercises, their items, and the editions that readers see."""

from .exercise import Exercise, ExerciseEdition
from .items import CallNumberSet, DeskQuestion, ExerciseItem, FaultyRecord, TitlePage
from .kept import KeptExercise

__all__ = [
    "CallNumberSet",
    "DeskQuestion",
    "Exercise",
    "ExerciseEdition",
    "ExerciseItem",
    "FaultyRecord",
    "KeptExercise",
    "TitlePage",
]
