"""The weights and the nearest occupations as `building` wrote them, read with a query each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from guides.datasets.packing import unpack

from .models import NearnessWeights, NearOccupations
from .weights import Weights


@dataclass(frozen=True)
class Near:
    """An occupation that is near another: its code, the points, and some of what both share, the rarest first."""

    code: str
    points: float
    shared: tuple[str, ...]

    @property
    def named(self) -> str:
        """What both share, in a row: 'sort mail, type documents'."""
        return "; ".join(name[:1].lower() + name[1:].rstrip(".") for name in self.shared)


def weights() -> Weights | None:
    """Return the weights over all occupations, None where the clock has not reckoned them yet.

    A process unpacks them once for each time that they were reckoned: they are the same for all pairs. One quick query.
    """
    row = NearnessWeights.objects.values_list("pk", "editions").first()
    return _weights(*row) if row else None


@lru_cache(maxsize=1)
def _weights(key: int, editions: str) -> Weights | None:
    """The weights of the row with that key; what was loaded, and when, tells it from one that had the key before."""
    packed = NearnessWeights.objects.values_list("packed", flat=True).get(pk=key)
    return Weights.unpacked(unpack(packed)) if packed else None


def nearest_of(codes: Iterable[str]) -> dict[str, list[Near]]:
    """Return the occupations that each of these can lead to, the nearest first. One query."""
    rows = NearOccupations.objects.filter(code__in=codes)
    return {row.code: _read(unpack(row.packed)["to"]) for row in rows}


def nearest(code: str) -> tuple[list[Near], list[Near]]:
    """Return the occupations that one can lead to, and those that lead to it, the nearest first."""
    row = NearOccupations.objects.filter(code=code).first()
    content = unpack(row.packed) if row else {"to": [], "from": []}
    return _read(content["to"]), _read(content["from"])


def _read(rows: list[tuple[str, float, list[str]]]) -> list[Near]:
    return [Near(code, points, tuple(shared)) for code, points, shared in rows]
