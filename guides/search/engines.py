"""Which database's engine answers. Both have the same functions:

`set_up(execute)` and `set_up_names(execute)` make the indexes; `passages(clauses, limit, titles_only)` gives the
primary keys of the best passages, `names(clauses, limit)` those of the shortest names; `near(word, limit)` gives known
words that share three-letter groups with `word`, the closest first; `starting(start, limit)` gives known words that
begin with `start`, those of most names first.

`clauses` say what a passage must hold, any one of them: a clause is a list of groups, all of which it must hold;
a group is a list of phrases, any one of which will do; a phrase is a tuple of stems. Stems are letters and digits
(words.py), so that nothing a person types reaches a query language as anything but a quoted word.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from django.db import connection

from . import postgres, sqlite
from .clauses import Clause


class Engine(Protocol):
    """What each of the two modules gives."""

    def set_up(self, execute: Callable[[str], None]) -> None: ...

    def passages(self, clauses: Sequence[Clause], limit: int, titles_only: bool = False) -> list[int]: ...

    def set_up_names(self, execute: Callable[[str], None]) -> None: ...

    def names(self, clauses: Sequence[Clause], limit: int) -> list[int]: ...

    def near(self, word: str, limit: int) -> list[str]: ...

    def starting(self, start: str, limit: int) -> list[str]: ...


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}


def engine() -> Engine:
    """Return the engine of the default database."""
    return ENGINES[connection.vendor]
