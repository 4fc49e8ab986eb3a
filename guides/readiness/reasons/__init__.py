"""Why a result says what it says: for each sentence the rule, the answers, and the sources it rests on."""

from . import gap, route, score
from .why import Ground, Why

__all__ = ["Ground", "Why", "gap", "route", "score"]
