"""What a search reads of the index, as plain rows.

A search reads a hundred of them for every letter that is typed: as instances of the models, by queries that are put
together anew each time, they took most of its time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from ..models import Entry, Passage
from .clauses import Phrase

ENTRY = "id, source, key, title, address, code, weight"
PLACE = "id, entry_id, kind, position, section, anchor, address, title, title_stems, context_stems, text_stems"
# What stands for an entry itself.
OWN = (Passage.Kind.GUIDE, Passage.Kind.ENTRY, Passage.Kind.NAME)


class Stems:
    """The stems of a text, ready to be asked for phrases."""

    def __init__(self, text: str) -> None:
        self.text = f" {text} "

    def __contains__(self, phrase: Phrase) -> bool:
        # Faster than to take a long text apart for a few questions.
        return f" {' '.join(phrase)} " in self.text

    @cached_property
    def known(self) -> frozenset[str]:
        """Every stem of it."""
        return frozenset(self.text.split())


class FoundEntry(NamedTuple):
    """An Entry of the index that was found."""

    pk: int
    source: str
    key: str
    title: str
    address: str
    code: str
    weight: float

    @property
    def is_guide(self) -> bool:
        return self.source == Entry.GUIDES


@dataclass(eq=False)
class Place:
    """A Passage of the index that may answer, without its text."""

    pk: int
    entry_id: int
    kind: str
    position: int
    section: str
    anchor: str
    address: str
    title: str
    title_stems: str
    context_stems: str
    text_stems: str

    @property
    def is_entry(self) -> bool:
        """Whether it stands for the entry itself."""
        return self.kind in OWN

    @property
    def all_stems(self) -> str:
        """The stems of all that it is found by."""
        return f"{self.title_stems} {self.context_stems} {self.text_stems}"

    @cached_property
    def in_title(self) -> Stems:
        return Stems(self.title_stems)

    @cached_property
    def in_context(self) -> Stems:
        return Stems(self.context_stems)

    @cached_property
    def in_text(self) -> Stems:
        return Stems(self.text_stems)

    @cached_property
    def in_all(self) -> Stems:
        return Stems(self.all_stems)


def select(sql: str, *parameters: Iterable[Any]) -> list[Any]:
    """Return the rows of a SELECT; each `{}` in `sql` is a list of as many values as `parameters` gives there."""
    given = [list(values) for values in parameters]
    # An empty list is none in SQL: nothing equals NULL.
    marks = [", ".join(["%s"] * len(values)) or "NULL" for values in given]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(*marks), [value for values in given for value in values])
        rows: list[Any] = cursor.fetchall()
    return rows


def entries(keys: Iterable[int]) -> dict[int, FoundEntry]:
    """Return these entries by primary key."""
    rows = select(f"SELECT {ENTRY} FROM guides_entry WHERE id IN ({{}})", keys)  # noqa: S608 (our own columns)
    return {row[0]: FoundEntry._make(row) for row in rows}


def guides_of(codes: Iterable[str]) -> list[FoundEntry]:
    """Return the guides to occupations of these SOC codes."""
    sql = f"SELECT {ENTRY} FROM guides_entry WHERE source IN ({{}}) AND code IN ({{}}) ORDER BY title, key"  # noqa: S608
    return [FoundEntry._make(row) for row in select(sql, [Entry.GUIDES], codes)]


def places(keys: Iterable[int], of_entries: Iterable[int], sections: Iterable[str]) -> list[Place]:
    """Return the places of these keys, and of these entries those that are their own or one of these sections."""
    sql = (
        f"SELECT {PLACE} FROM guides_passage WHERE id IN ({{}}) "  # noqa: S608 (our own columns)
        "OR entry_id IN ({}) AND (kind IN ({}) OR kind = 'section' AND section IN ({}))"
    )
    return [Place(*row) for row in select(sql, keys, of_entries, OWN, sections)]


def texts(keys: Sequence[int]) -> dict[int, str]:
    """Return the texts of these places by primary key."""
    return dict(select("SELECT id, text FROM guides_passage WHERE id IN ({})", keys))
