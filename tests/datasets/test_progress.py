"""The progress bar of the imports."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from guides.datasets import progress


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def every_step_is_drawn(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", -1)


def draw(out, total):
    with progress.Progress(OutputWrapper(out), "Reading", total) as bar:
        bar.advance(30)
        bar.advance(30)
    return out.getvalue()


def test_a_terminal_sees_a_bar():
    assert draw(Terminal(), 60).split("\r")[1:] == [
        f"Reading [{'#' * 15}{'-' * 15}] 50%",
        f"Reading [{'#' * 30}] 100%",
        f"Reading [{'#' * 30}] 100%\n",
    ]


def test_a_total_that_is_not_known_is_counted():
    assert draw(Terminal(), None) == "\rReading: 30\rReading: 60\rReading: 60\n"


def test_a_file_gets_nothing():
    assert draw(StringIO(), 60) == ""
