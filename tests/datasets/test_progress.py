"""The progress bar of the imports."""

from io import StringIO

from django.core.management.base import OutputWrapper
from django.core.management.color import color_style

from guides.datasets.progress import Progress


class Terminal(StringIO):
    def isatty(self):
        return True


def draw(out, total):
    stderr = OutputWrapper(out)
    stderr.style_func = color_style(force_color=True).ERROR
    with Progress(stderr, "Reading", total) as bar:
        bar.advance(30)
        bar.advance(30)
    return out.getvalue()


def test_a_terminal_sees_a_bar_on_one_line_and_unpainted():
    drawn = draw(Terminal(), 60)
    assert "Reading:   0%|          | 0.00/60.0" in drawn
    assert "Reading: 100%|##########| 60.0/60.0" in drawn
    assert drawn.count("\n") == 1
    assert drawn.endswith("\n")
    assert "\x1b" not in drawn


def test_a_total_that_is_not_known_is_counted():
    assert "\rReading: 60.0 [" in draw(Terminal(), None)


def test_a_file_gets_nothing():
    assert draw(StringIO(), 60) == ""
