"""A folder taken apart: every block by occupation, packed as soon as its file is read."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from ...faults import ImportFault
from ...models import Occupation
from ...progress import Progress
from ...publisher import digest
from ...storing import FileContent
from .folder import File, find_edition, look_into
from .items import Item
from .lines import Line
from .tables import ALTERNATE, OCCUPATIONS, REPORTED, TABLES, Table

# The text of a title and what a table says of it, by code: a dict for each of the two tables of titles.
Titles = dict[tuple[str, str], object]


@dataclass
class Database(FileContent):
    """What was read of one edition, and what an import may replace.

    `blocks` holds, by block and O*NET code, the block as JSON: text takes a tenth of the memory of the lists that it is
    made of. `references` holds the rows of the tables that explain others.
    """

    occupations: dict[str, tuple[str, str]] = field(default_factory=dict)
    titles: dict[str, Titles] = field(default_factory=dict)
    blocks: dict[str, dict[str, str]] = field(default_factory=dict)
    references: dict[str, list[Item]] = field(default_factory=dict)
    # The files that each block was read from, by name, with their SHA-256.
    read_from: dict[str, dict[str, str]] = field(default_factory=dict)
    # How many rows each table had, by block.
    counts: dict[str, int] = field(default_factory=dict)
    # Whether a block of a newer edition may be replaced, or is left as it is: otherwise it is a fault.
    older: bool = False
    keep_newer: bool = False

    def note(self, sentence: str) -> None:
        """Tell the person who imports it, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


def read(
    path: Path, progress: Progress, *, edition: str | None = None, older: bool = False, keep_newer: bool = False
) -> Database:
    """Return what the files in the folder at `path` say. Raises ImportFault."""
    folder = look_into(path)
    edition = edition or find_edition(path)
    if not re.fullmatch(r"\d{1,2}\.\d", edition):
        raise ImportFault(f"{edition!r} is not an edition of O*NET: give it as in --edition 27.0.")
    database = Database(path.name, edition, older=older, keep_newer=keep_newer)
    if any(table.block == OCCUPATIONS for table in folder.missing) and not Occupation.objects.exists():
        raise ImportFault(f"{path}: has no list of occupations (Occupation Data), and none was imported before.")
    # The list of occupations is the first: the others refer to it.
    for table in TABLES:
        if holding := [file for file in folder.files if file.table is table]:
            _read_table(database, table, holding, progress)
    _name_related(database)
    database.files = {name: sha256 for files in database.read_from.values() for name, sha256 in files.items()}
    if folder.missing:
        database.note(f"Not in this folder: {', '.join(table.name for table in folder.missing)}.")
    if folder.others:
        database.note(f"Not used: {', '.join(folder.others)}.")
    return database


def _read_table(database: Database, table: Table, files: list[File], progress: Progress) -> None:
    """Read a table, which may be split over several files. What stands twice is a fault, in one file or in two."""
    known = database.occupations or dict.fromkeys(Occupation.objects.values_list("code", flat=True))
    items: dict[str, list[Item]] = {}
    keys: set[object] = set()
    database.counts[table.block] = 0
    database.read_from[table.block] = {file.path.name: digest(file.path) for file in files}
    for file in files:
        for line in file.lines(progress):
            if not table.fits(line.row):
                database.skipped[f"rows of {file.path.name} about what is not used here"] += 1
                continue
            code = "" if table.is_reference else line.code("O*NET-SOC Code")
            if table.block != OCCUPATIONS and code and code not in known:
                _refuse_unknown(database, line, code)
                continue
            if (parsed := table.read(line)) is None:
                continue
            key, item = parsed
            if key is not None:
                if (code, key) in keys:
                    raise ImportFault(f"{line.where}: what it says of {code or item[0]} stands twice.")
                keys.add((code, key))
            items.setdefault(code, []).append(item)
            database.counts[table.block] += 1
    if not items:
        raise ImportFault(f"{files[0].path}: has no rows.")
    _keep(database, table, items)


def _refuse_unknown(database: Database, line: Line, code: str) -> None:
    """Refuse a code that the folder's own list does not have; of another edition's list it may be missing."""
    if database.occupations:
        raise line.fault("O*NET-SOC Code", f"'{code}' is not in the list of occupations")
    database.skipped["rows of occupations that are not in the list at hand"] += 1


def _keep(database: Database, table: Table, items: dict[str, list[Item]]) -> None:
    """Keep a table's items in the form that they are stored in."""
    if table.block == OCCUPATIONS:
        database.occupations = {code: (rows[0][0], rows[0][1]) for code, rows in items.items()}
    elif table.block in (ALTERNATE, REPORTED):
        database.titles[table.block] = {(code, title): said for code, rows in items.items() for title, said in rows}
    elif table.is_reference:
        database.references[table.block] = items[""]
    else:
        database.blocks[table.block] = {
            code: _packed(database.edition, table.shape(items.pop(code))) for code in list(items)
        }


def _packed(edition: str, items: list[Item]) -> str:
    """Return a block as JSON: what was asked when and of whom stands once, and each item names its place there."""
    surveys: dict[tuple[str, str], int] = {}
    rows = [[surveys.setdefault(item[0], len(surveys)), *item[1:]] for item in items]
    block = {"edition": edition, "surveys": list(surveys), "rows": rows}
    return json.dumps(block, ensure_ascii=False, separators=(",", ":"))


def _name_related(database: Database) -> None:
    """The text edition gives related occupations by code alone: give them the titles of the list."""
    related = database.blocks.get("related")
    if not related:
        return
    titles = {code: title for code, (title, _description) in database.occupations.items()}
    titles = titles or dict(Occupation.objects.values_list("code", "title"))
    for code, block in related.items():
        content = json.loads(block)
        for row in content["rows"]:
            row[2] = row[2] or titles.get(row[1], "")
        related[code] = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
