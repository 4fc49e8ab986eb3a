"""Excel workbooks, opened with care: what a file says it unpacks to is checked before anything is unpacked."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..faults import ImportFault, reading
from .cells import Cell
from .columns import Column, Recognized

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MEGABYTE = 2**20
# The largest is the wage survey of every area and industry in one sheet of some 410,000 rows.
MAX_FILE = 128 * MEGABYTE
MAX_UNPACKED = 1024 * MEGABYTE
# Sheets are streamed. The shared texts and the rest are held in memory, many times their size.
MAX_STRINGS = 16 * MEGABYTE
MAX_OTHER = 2 * MEGABYTE
MAX_RATIO = 100
MAX_PARTS = 500
MAX_ROWS = 600_000
MAX_COLUMNS = 200
HEADER_WITHIN = 20

Rows = Iterator[tuple[int, tuple[Cell, ...]]]


@contextmanager
def opened(path: Path) -> "Iterator[Workbook]":
    """Give the workbook at `path`, its sheets streamed. Raises ImportFault where it is damaged or oversized."""
    import openpyxl  # five megabytes of a server that reads no workbook

    with reading(path), path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of styles and extensions it leaves out; none of them holds a figure.
        warnings.simplefilter("ignore")
        _check_archive(path, file)
        with _explained(path):
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        yield workbook


def _check_archive(path: Path, file: BinaryIO) -> None:
    """Refuse what is no archive, or would unpack to more than a workbook of this kind needs."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise ImportFault(f"{path}: is larger than {MAX_FILE // MEGABYTE} MB: not a workbook of this publisher.")
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise ImportFault(f"{path}: is not an Excel workbook (.xlsx), or is cut off.") from error
    # Python unpacks no part beyond the size declared for it, so what is declared can be relied upon.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ImportFault(f"{path}: unpacks to more than {MAX_UNPACKED // MEGABYTE} MB: refused unread.")
    for part in parts:
        if part.file_size > _limit(part.filename):
            raise ImportFault(f"{path}: its part {part.filename[:60]!r} is oversized: refused unread.")
        if part.file_size > MEGABYTE and part.file_size > MAX_RATIO * part.compress_size:
            raise ImportFault(f"{path}: its part {part.filename[:60]!r} unpacks more than {MAX_RATIO}-fold: refused.")


def _limit(name: str) -> int:
    if "worksheets/" in name:
        return MAX_UNPACKED
    return MAX_STRINGS if "sharedstrings" in name.casefold() else MAX_OTHER


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong inside openpyxl into one line: on damaged files it raises almost anything."""
    try:
        yield
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ImportFault(f"{path}: is damaged and cannot be read as an Excel workbook ({reason}).") from error


def rows(path: Path, sheet: "ReadOnlyWorksheet") -> Rows:
    """Yield `(row number, cells)` of every row that is not empty."""
    # What a sheet says of its own size is often wrong: with it, rows below would be passed over in silence.
    sheet.reset_dimensions()
    imported = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    number = 0
    while True:
        with _explained(path):
            cells = next(imported, None)
        if cells is None:
            return
        number += 1
        if number > MAX_ROWS:
            raise ImportFault(
                f"{path}: sheet {sheet.title!r} has more than {MAX_ROWS:,} rows: not a publisher's table."
            )
        if any(cell not in (None, "") for cell in cells):
            yield number, cells


def find_table(
    path: Path, workbook: "Workbook", columns: Sequence[Column]
) -> "tuple[ReadOnlyWorksheet, Recognized, Rows]":
    """Return `(sheet, columns recognized, rows below the header)` of the sheet whose header fits best."""
    best = None
    for sheet in workbook.worksheets:
        below = rows(path, sheet)
        for number, cells in below:
            if number > HEADER_WITHIN:
                break
            recognized = Recognized(columns, cells)
            if best is None or len(recognized.places) > len(best[1].places):
                best = sheet, recognized, number
    if best is None or len(best[1].places) < 2:
        wanted = ", ".join(column.name for column in columns if column.required)
        sheets = ", ".join(workbook.sheetnames)[:120]
        raise ImportFault(f"{path}: no sheet has the columns {wanted}; its sheets are: {sheets}.")
    sheet, recognized, header = best
    recognized.check(f"{path}: sheet {sheet.title!r}")
    return sheet, recognized, ((number, cells) for number, cells in rows(path, sheet) if number > header)


def words(path: Path, workbook: "Workbook") -> Iterator[str]:
    """Yield the texts of the first rows of every sheet, and the sheets' names: there an edition names itself."""
    for sheet in workbook.worksheets:
        yield sheet.title
        for number, cells in rows(path, sheet):
            if number > HEADER_WITHIN:
                break
            yield from (cell for cell in cells if isinstance(cell, str))
