"""What was found in a pasted text: each with the line that says it, so that a person can see whether it is right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property

from guides.openings.texts import UNSHOWN, plain

MOST_LINES = 600
SHORT, NEWLINE = 60, "\n"


@dataclass(frozen=True)
class Found:
    """One thing that a text says: the value for a field, and the line that says it."""

    value: str | date | time
    line: str


@dataclass
class Pasted:
    """What a text says, by the name of the field in the form that takes it."""

    fields: dict[str, Found] = field(default_factory=dict)

    def put(self, name: str, found: Found | None) -> None:
        """Note what was found; the first stands."""
        if found is not None:
            self.fields.setdefault(name, found)

    def values(self) -> dict[str, str | date | time]:
        return {name: found.value for name, found in self.fields.items()}


class Text:
    """A pasted text in lines. White space and signs that no page shows are gone, and so is HTML."""

    def __init__(self, raw: str) -> None:
        lines = [" ".join(UNSHOWN.sub("", line).split()) for line in plain(raw).splitlines()]
        self.lines = [line.lstrip("•*-–· ").strip() for line in lines if line.strip("•*-–·_=> ")][:MOST_LINES]

    @cached_property
    def whole(self) -> str:
        """All of it. Long lines run on into the next, as mails break them; short ones end where they end."""
        return "".join(f"{line}{' ' if len(line) > SHORT else NEWLINE}" for line in self.lines)

    def line_at(self, place: int) -> str:
        """The line that holds that place of the whole."""
        for line in self.lines:
            if place <= len(line):
                return line[:300]
            place -= len(line) + 1
        return ""

    def labelled(self, *labels: str) -> Iterator[tuple[str, str]]:
        """Yield what stands behind each of the labels, on its line or the next, with the line or the two."""
        for number, line in enumerate(self.lines):
            label, colon, behind = line.partition(":")
            if _bare(label) in labels and colon and behind.strip():
                yield behind.strip(), line
            elif _bare(line) in labels and number + 1 < len(self.lines):
                yield self.lines[number + 1], f"{line.rstrip(':')}: {self.lines[number + 1]}"

    def first_labelled(self, *labels: str) -> Found | None:
        """The first such, as it is written."""
        return next((Found(value, line[:300]) for value, line in self.labelled(*labels)), None)


def _bare(label: str) -> str:
    return label.strip(" :#*").casefold()
