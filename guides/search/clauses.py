"""What both engines share: writing clauses (engines.py) in a query language, and reading one column."""

from django.db import connection


def render(clauses, phrase, both, either):
    """Return `clauses` in a query language: `phrase` writes one phrase, `both` and `either` are its operators."""
    return either.join(
        "(" + both.join("(" + either.join(map(phrase, group)) + ")" for group in clause) + ")" for clause in clauses
    )


def column(sql, parameters):
    """Return the first column of what `sql` selects."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
