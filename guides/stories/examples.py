"""An example of each part of a story: the outline of one of a guide's interview questions, in the guide's own words."""

from collections.abc import Iterable
from dataclasses import dataclass

from guides.reading.reader import Reading
from guides.toolkit.models import InterviewQuestion

from . import answering


@dataclass(frozen=True)
class Example:
    """A question of a guide whose outline shows what belongs into the parts."""

    reading: Reading
    question: InterviewQuestion

    def of(self, part: str) -> str:
        """What the outline says of that part; empty for what is no part of it."""
        return str(getattr(self.question, part, "")) if part != "name" else ""


def find(readings: Iterable[Reading], guide: str = "", question: str = "") -> Example | None:
    """Return that question of that guide as an example, else the one that the first guide outlines at most length."""
    for reading in readings:
        rows = answering.questions_of(reading)
        named = [row for row in rows if reading.guide.slug == guide and row.slug == question]
        if named:
            return Example(reading, named[0])
    for reading in readings:
        if rows := answering.questions_of(reading):
            return Example(reading, max(rows, key=lambda row: len(answering.text_of(row))))
    return None
