"""What both engines share: writing clauses (engines.py) in a query language, and reading one column."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

# A few stems in a row; those of which any one will do; what a passage must hold all of: see engines.py.
Phrase = tuple[str, ...]
Clause = Sequence[Sequence[Phrase]]

# Names that say least beside what was asked for, titles before other names.
ORDER = "ORDER BY length, is_title DESC, id LIMIT %s"


def render(clauses: Sequence[Clause], phrase: Callable[[Phrase], str], both: str, either: str) -> str:
    """Return `clauses` in a query language: `phrase` writes one phrase, `both` and `either` are its operators."""
    return either.join(
        "(" + both.join("(" + either.join(map(phrase, group)) + ")" for group in clause) + ")" for clause in clauses
    )


def column(sql: str, parameters: Sequence[str | int]) -> list[Any]:
    """Return the first column of what `sql` selects."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
