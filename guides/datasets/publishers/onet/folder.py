"""The files of a folder: which tables they hold, and the edition that all of them are of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ...faults import ImportFault, reading
from ...files import tables as texts
from ...files import workbooks
from ...files.cells import Cell
from ...files.columns import Recognized
from ...progress import Progress
from .lines import Line
from .tables import TABLES, Table, recognize

# So many rows under a header say what a table is about.
ROWS = 20
KINDS = (".txt", ".xlsx")


@dataclass(frozen=True)
class File:
    """A file that holds a table we read."""

    path: Path
    table: Table

    def lines(self, progress: Progress) -> Iterator[Line]:
        """Yield its rows one by one; only the texts that a workbook's cells share are held in memory."""
        if self.path.suffix == ".txt":
            for number, row, _recognized in texts.rows(self.path, self.table.columns, "\t"):
                progress.advance()
                yield Line(f"{self.path}: line {number}", row)
            return
        with workbooks.opened(self.path) as workbook:
            sheet, recognized, rows = workbooks.find_table(self.path, workbook, self.table.columns)
            for number, cells in rows:
                progress.advance()
                yield Line(f"{self.path}: sheet {sheet.title!r}, row {number}", recognized.pick(cells, None))


@dataclass
class Folder:
    """What a folder holds: files of tables we read, and the names of the others."""

    path: Path
    files: list[File] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[Table]:
        """The tables that none of its files holds."""
        there = {file.table.block for file in self.files}
        return [table for table in TABLES if table.block not in there]


def look_into(path: Path) -> Folder:
    """Return the folder's files, recognized by what stands in them: names change between editions.

    Raises ImportFault where a file has the name of a table but not its columns, or where none is recognized.
    """
    with reading(path):
        paths = sorted(file for file in path.iterdir() if file.suffix in KINDS and file.is_file())
    folder = Folder(path)
    for file in paths:
        if _is_read_me(file):
            continue
        headers, rows = _beginning(file)
        if table := recognize(headers, rows):
            folder.files.append(File(file, table))
        elif (expected := _table_of_name(file)) and (lacking := Recognized(expected.columns, headers).missing):
            raise ImportFault(f"{file}: missing columns: {', '.join(lacking)}.")
        else:
            folder.others.append(file.name)
    if not folder.files:
        wanted = "; ".join(f"{table.name} ({_columns(table)})" for table in TABLES if not table.is_reference)
        raise ImportFault(f"{path}: none of its files is a table of the O*NET database that we read: {wanted}.")
    return folder


def _columns(table: Table) -> str:
    return ", ".join(column.name for column in table.columns if column.required)


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]+", "", name.casefold())


def _is_read_me(path: Path) -> bool:
    return _plain(path.stem) == "readme"


def _table_of_name(path: Path) -> Table | None:
    """Return the table about occupations that a file is named after, whatever stands in it."""
    tables = (table for table in TABLES if not table.is_reference)
    return next((table for table in tables if _plain(table.name) == _plain(path.stem)), None)


def _beginning(path: Path) -> tuple[Sequence[Cell], list[Sequence[Cell]]]:
    """Return a file's header and the first rows below; of a workbook, those of the sheet that holds a table."""
    if path.suffix == ".txt":
        first = list(islice(texts.lines(path, "\t"), ROWS + 1))
        return (first[0][1], [cells for _number, cells in first[1:]]) if first else ([], [])
    begun: tuple[Sequence[Cell], list[Sequence[Cell]]] = ([], [])
    with workbooks.opened(path) as workbook:
        for sheet in workbook.worksheets:
            rows: list[Sequence[Cell]] = [
                cells for _number, cells in islice(workbooks.rows(path, sheet), workbooks.HEADER_WITHIN + ROWS)
            ]
            for place, headers in enumerate(rows[: workbooks.HEADER_WITHIN]):
                if recognize(headers, rows[place + 1 :]):
                    return headers, rows[place + 1 :]
            begun = begun if begun[0] or not rows else (rows[0], rows[1:])
    return begun


def find_edition(path: Path) -> str:
    """Return the database's number, which its read-me or the folder's name gives: O*NET 27.0, db_29_1_text."""
    with reading(path):
        notes = [file for file in path.iterdir() if _is_read_me(file) and file.is_file()]
        said = [file.read_bytes()[:2000].decode(errors="replace") for file in notes]
    for text in [*said, path.resolve().name]:
        if match := re.search(r"(?:O\*NET|onet|db)[ _-]?(\d{2})[._](\d)", text, re.IGNORECASE):
            return f"{match[1]}.{match[2]}"
    raise ImportFault(f"{path}: does not say which edition it is: add --edition, such as --edition 27.0.")
