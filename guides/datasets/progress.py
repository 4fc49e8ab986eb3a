"""A progress bar for the person at a terminal; silent where the output goes to a file."""

from django.core.management.base import OutputWrapper
from tqdm import tqdm


class Unpainted:
    """A command's stderr as tqdm writes to it: the wrapper would paint a bar red and end each line."""

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream

    def write(self, text: str) -> None:
        self.stream.write(text, style_func=str, ending="")

    def flush(self) -> None:
        self.stream.flush()


class Progress(tqdm):
    """A bar on `stream`, or a running count where the total is not known. Use it in a with statement."""

    def __init__(self, stream: OutputWrapper, label: str, total: int | None = None) -> None:
        silent = not stream.isatty()
        super().__init__(desc=label, total=total, file=Unpainted(stream), disable=silent, unit="", unit_scale=True)

    def __bool__(self) -> bool:
        """True: tqdm's own says whether there is something to count, and refuses where that is not known."""
        return True

    def advance(self, steps: int = 1) -> None:
        """Count `steps` more; drawn at most ten times a second."""
        self.update(steps)
