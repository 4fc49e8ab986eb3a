"""Counts what Django answers, by day and kind of status, and how long it takes. Nothing of whoever asks is looked at.

Pages that the store sends do not come here: page counts tell of them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from time import perf_counter
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.db import connection, transaction

from ..counts import WRITTEN_EVERY, Counts

# What the milliseconds of all answers together are counted as, beside the kinds of status.
MILLISECONDS = "ms"
# One statement, whoever else counts at the same time; SQLite and PostgreSQL read it alike.
ADD = (
    "INSERT INTO careerguide_answercount (day, kind, count) VALUES (%s, %s, %s) "
    "ON CONFLICT (day, kind) DO UPDATE SET count = careerguide_answercount.count + excluded.count"
)


def add_counts(day: date, counts: Mapping[str, int]) -> None:
    """Add `counts`, by kind, to what the database has of that day: all of them or none."""
    # In one order everywhere, so that no two wait for each other.
    rows = [(day.isoformat(), kind, count) for kind, count in sorted(counts.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


class AnswerCounts:
    """A WSGI wrapper around Django: counts each answer as 2xx, 3xx, 4xx or 5xx, and its milliseconds."""

    def __init__(
        self,
        application: WSGIApplication,
        write: Callable[[date, Mapping[str, int]], None] = add_counts,
        every: float = WRITTEN_EVERY,
    ) -> None:
        self.application, self.counts = application, Counts(write, every)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started, status = perf_counter(), ["500"]

        def note(line: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], Any]:
            status[0] = line
            return start_response(line, headers, *failure)

        try:
            return self.application(environ, note)
        finally:
            self.counts.count(f"{status[0][0]}xx")
            self.counts.count(MILLISECONDS, round((perf_counter() - started) * 1000))
