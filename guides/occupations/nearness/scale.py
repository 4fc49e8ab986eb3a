"""The picture of how near two occupations are: a scale of far, part of the way and near, and a mark on it."""

from dataclasses import dataclass

from .likeness import NEAR, PART

# The points at which the picture ends; what has more is marked at its end.
END = 10.0


@dataclass(frozen=True)
class Scale:
    """Places on the scale, in percent of its width."""

    points: float

    @property
    def part(self) -> float:
        """Where part of the way begins."""
        return _percent(PART)

    @property
    def near(self) -> float:
        """Where near begins."""
        return _percent(NEAR)

    @property
    def here(self) -> float:
        """Where the mark stands, a little inside of the ends so that it is seen whole."""
        return min(max(_percent(self.points), 0.5), 99.5)

    @property
    def part_width(self) -> float:
        return round(self.near - self.part, 1)

    @property
    def near_width(self) -> float:
        return round(100 - self.near, 1)


def _percent(points: float) -> float:
    return round(100 * min(points, END) / END, 1)
