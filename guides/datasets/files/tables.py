"""Tables in text files, CSV and tab-separated, read line by line."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from ..faults import ImportFault, reading
from ..progress import Progress
from .columns import Column, Recognized

MAX_FILE = 64 * 2**20
# How an archive begins, as every .xlsx is one.
WORKBOOK = b"PK\x03\x04"


def header(path: Path, delimiter: str = ",") -> list[str]:
    """Return the first line's cells."""
    return next((cells for _number, cells in lines(path, delimiter)), [])


def find_delimiter(path: Path) -> str:
    """Return what stands between the cells of the first line: a semicolon, a tab or a comma."""
    _check_whole(path, may_end_open=True)
    for delimiter in (";", "\t"):
        if len(header(path, delimiter)) > 1:
            return delimiter
    return ","


def rows(
    path: Path,
    columns: Sequence[Column],
    delimiter: str = ",",
    progress: Progress | None = None,
    may_end_open: bool = False,
) -> Iterator[tuple[int, dict[str, str], Recognized]]:
    """Yield `(line number, cells by column name, recognized columns)` of each row.

    Raises ImportFault where the file is cut off, is not UTF-8, or lacks a column. With `may_end_open` its last line
    need not be finished: the reader must see by itself whether a number in it is cut off.
    """
    _check_whole(path, may_end_open)
    numbered = lines(path, delimiter, progress)
    headers = next((cells for _number, cells in numbered), [])
    recognized = Recognized(columns, headers).check(str(path))
    for number, cells in numbered:
        if not cells:
            continue
        if len(cells) != len(headers):
            raise ImportFault(f"{path}: line {number} has {len(cells)} cells, the header {len(headers)}: cut off?")
        if any("\0" in cell for cell in cells):
            raise ImportFault(f"{path}: line {number} has a NUL character: the file is damaged.")
        yield number, recognized.pick(cells, ""), recognized


def _check_whole(path: Path, may_end_open: bool) -> None:
    """Refuse what is no text, or ends in the middle of a line, or is too large for its kind."""
    with reading(path), path.open("rb") as file:
        size = file.seek(0, 2)
        if size > MAX_FILE:
            raise ImportFault(f"{path}: is larger than {MAX_FILE // 2**20} MB: not a file of this publisher.")
        file.seek(0)
        if file.read(4) == WORKBOOK:
            raise ImportFault(f"{path}: is an Excel workbook or another archive, where a table in text is wanted.")
        file.seek(max(size - 1, 0))
        if file.read() != b"\n" and not may_end_open:
            raise ImportFault(f"{path}: its last line is not finished: the file is cut off.")


def lines(path: Path, delimiter: str, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield `(line number, cells)`; a tab-separated file knows no quotes."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    number = 0
    with reading(path), path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(_counted(file, progress), delimiter=delimiter, quoting=quoting, strict=True)
        try:
            for cells in reader:
                number = reader.line_num
                yield number, cells
        except UnicodeDecodeError as error:
            raise ImportFault(f"{path}: is not UTF-8 text (after line {number}).") from error
        except csv.Error as error:
            raise ImportFault(f"{path}: line {number + 1} cannot be read: {error}.") from error


def _counted(file: Iterable[str], progress: Progress | None) -> Iterator[str]:
    """Yield the file's lines, counted in characters, which are bytes in all but a few places."""
    for line in file:
        if progress:
            progress.advance(len(line))
        yield line
