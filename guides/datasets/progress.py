"""A progress bar for the person at a terminal; silent where the output goes to a file."""

import time
from typing import Any, Self

from django.core.management.base import OutputWrapper

WIDTH = 30
SECONDS_BETWEEN = 0.1


class Progress:
    """Draws a bar on `stream`, or a running count where the total is not known. Use it in a with statement."""

    def __init__(self, stream: OutputWrapper, label: str, total: int | None = None) -> None:
        self.stream, self.label, self.total = stream, label, total
        self.done, self.drawn_at, self.is_shown = 0, 0.0, stream.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: Any) -> None:
        if self.is_shown:
            self._draw()
            self._write("\n")

    def advance(self, steps: int = 1) -> None:
        """Count `steps` more, and draw at most ten times a second."""
        self.done += steps
        now = time.monotonic()
        if self.is_shown and now - self.drawn_at >= SECONDS_BETWEEN:
            self.drawn_at = now
            self._draw()

    def _draw(self) -> None:
        if not self.total:
            self._write(f"\r{self.label}: {self.done:,}")
        else:
            filled = WIDTH * min(self.done, self.total) // self.total
            bar = "#" * filled + "-" * (WIDTH - filled)
            self._write(f"\r{self.label} [{bar}] {100 * min(self.done, self.total) // self.total}%")

    def _write(self, text: str) -> None:
        # A command's stderr is a wrapper that paints all it is given red and ends each line.
        self.stream.write(text, style_func=str, ending="")
        self.stream.flush()
