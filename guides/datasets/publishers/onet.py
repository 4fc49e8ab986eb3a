"""The O*NET database, from the folder of its text files: occupations, job zones and alternate titles."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .. import codes
from ..faults import ImportFault, reading
from ..files import cells, tables
from ..files.columns import Column, Recognised
from ..models import Dataset, ImportedObservation, Occupation, OccupationTitle
from ..progress import Progress
from ..publisher import CitedSource, Option, Publisher, size
from ..storing import Found, Summary, in_batches, refuse_cut_off

CODE = Column("O*NET-SOC Code", "o_net_soc_code|onetsoc_code|onet_soc_code")
TITLE = Column("Alternate Title", "alternate_title|alternative_title|lay_title")
FILES = {
    "Occupation Data": [CODE, Column("Title", "title|occupation_title"), Column("Description", "description")],
    "Alternate Titles": [CODE, TITLE],
    "Job Zones": [CODE, Column("Job Zone", "job_zone")],
}
ONET_CODE = re.compile(r"(\d{2}-\d{4})\.\d{2}")


# Titles and job zones (1 to 5, or None) by code.
Occupations = dict[str, tuple[str, int | None]]


@dataclass
class Database(Found):
    """What was read: occupations as (title, job zone) by code, and the titles listed under each code."""

    occupations: Occupations = field(default_factory=dict)
    titles: set[tuple[str, str]] = field(default_factory=set)


def find_files(folder: Path) -> dict[str, Path]:
    """Return the path of each file we read, recognised by its header: names change between editions."""
    with reading(folder):
        texts = sorted(path for path in folder.iterdir() if path.suffix == ".txt" and path.is_file())
    headers = {path: tables.header(path, "\t") for path in texts}
    imported: dict[str, Path] = {}
    missing: list[str] = []
    for name, columns in FILES.items():
        fitting = [path for path, header in headers.items() if not Recognised(columns, header).missing]
        if fitting:
            imported[name] = next((path for path in fitting if path.stem == name), fitting[0])
        else:
            wanted = ", ".join(column.name for column in columns)
            missing.append(f"{name}.txt (columns {wanted})")
    if missing:
        raise ImportFault(f"{folder}: missing: {'; '.join(missing)}.")
    return imported


def find_edition(folder: Path) -> str:
    """Return the database's number, which its read-me or the folder's name gives: O*NET 27.0, db_29_1_text."""
    with reading(folder):
        notes = [path for path in folder.iterdir() if path.stem.casefold().replace(" ", "") == "readme"]
        texts = [path.read_bytes()[:2000].decode(errors="replace") for path in notes if path.is_file()]
    for text in [*texts, folder.resolve().name]:
        if match := re.search(r"(?:O\*NET|onet|db)[ _-]?(\d{2})[._](\d)", text, re.IGNORECASE):
            return f"{match[1]}.{match[2]}"
    raise ImportFault(f"{folder}: does not say which edition it is: add --edition, such as --edition 27.0.")


def read(folder: Path, progress: Progress, edition: str | None = None) -> Database:
    """Return what the text files in `folder` say. Raises ImportFault."""
    files = find_files(folder)
    progress.total = sum(map(size, files.values()))
    database = Database(folder.name, edition or find_edition(folder))
    if not re.fullmatch(r"\d{2}\.\d", database.edition):
        raise ImportFault(f"{database.edition!r} is not an edition of O*NET: give it as in --edition 27.0.")
    for where, row, code in _rows(files["Occupation Data"], "Occupation Data", progress):
        database.occupations[code] = (_text(where, "Title", row["Title"], 200), None)
    for where, row, code in _rows(files["Job Zones"], "Job Zones", progress, database.occupations):
        zone = row["Job Zone"].strip()
        if zone not in {"1", "2", "3", "4", "5"}:
            raise ImportFault(f"{where}, column Job Zone: {cells.shown(zone)} is not a number from 1 to 5.")
        database.occupations[code] = (database.occupations[code][0], int(zone))
    for where, row, code in _rows(files["Alternate Titles"], "Alternate Titles", progress, database.occupations):
        database.titles.add((code, _text(where, TITLE.name, row[TITLE.name], 250)))
    if not database.occupations or not database.titles:
        raise ImportFault(f"{folder}: its files have no rows.")
    return database


def _rows(
    path: Path, name: str, progress: Progress, known: Container[str] | None = None
) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield `(where, row, code)`; with `known`, a code that is not in it is refused."""
    for number, row, _recognised in tables.rows(path, FILES[name], "\t", progress):
        where, code = f"{path}: line {number}", row[CODE.name].strip()
        match = ONET_CODE.fullmatch(code)
        if not match or not codes.is_known(match[1]) or (known is not None and code not in known):
            raise ImportFault(f"{where}, column {CODE.name}: {cells.shown(code)} is not a known occupation code.")
        yield where, row, code


def _text(where: str, name: str, text: str, length: int) -> str:
    """Return a cell's text, which must not be empty nor longer than `length` characters."""
    text = text.strip()
    if not text or len(text) > length:
        raise ImportFault(f"{where}, column {name}: a text of 1 to {length} characters is needed.")
    return text


def store(dataset: Dataset, database: Database, progress: Progress) -> list[Summary]:
    """Store the database in place of what was there, and return the Summaries of occupations and of titles."""
    occupations = store_occupations(dataset, database.occupations, progress)
    titles = store_titles(database.titles, progress)
    if not occupations.changed:  # the same edition again: all of its occupations would have changed otherwise
        refuse_cut_off(database.file_name, titles.removed, titles.removed + titles.unchanged, "titles")
    Dataset.objects.filter(form=dataset.form).exclude(pk=dataset.pk).delete()
    return [occupations, titles]


def store_occupations(dataset: Dataset, wanted: Occupations, progress: Progress) -> Summary:
    """Store occupations, (title, job zone) by code, and return a Summary."""
    known = {row.code: row for row in Occupation.objects.all()}
    summary, new, changed = Summary("occupations"), [], []
    for code, (title, zone) in wanted.items():
        row, before = Occupation(dataset=dataset, code=code, title=title, job_zone=zone), known.get(code)
        if before is None:
            new.append(row)
        elif (before.title, before.job_zone, before.dataset_id) != (title, zone, dataset.pk):
            row.pk = before.pk
            changed.append(row)
        else:
            summary.unchanged += 1
    gone = [row.pk for code, row in known.items() if code not in wanted]
    summary.added, summary.changed, summary.removed = len(new), len(changed), len(gone)
    Occupation.objects.filter(pk__in=gone).delete()
    in_batches(new, Occupation.objects.bulk_create, progress)
    fields = ["dataset", "title", "job_zone"]
    in_batches(changed, lambda rows: Occupation.objects.bulk_update(rows, fields), progress)
    return summary


def store_titles(wanted: set[tuple[str, str]], progress: Progress) -> Summary:
    """Store titles, a set of (code, title), and return a Summary."""
    rows = OccupationTitle.objects.values_list("occupation__code", "title", "pk")
    known = {(code, title): pk for code, title, pk in rows}
    keys = dict(Occupation.objects.values_list("code", "pk"))
    gone = [pk for key, pk in known.items() if key not in wanted]
    new = [OccupationTitle(occupation_id=keys[code], title=title) for code, title in sorted(wanted - known.keys())]
    in_batches(gone, lambda pks: OccupationTitle.objects.filter(pk__in=pks).delete(), progress)
    in_batches(new, OccupationTitle.objects.bulk_create, progress)
    return Summary("titles", added=len(new), unchanged=len(wanted) - len(new), removed=len(gone))


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a figure that a guide takes over: one for each edition of the database."""
    edition = imported.dataset.edition
    return CitedSource(
        slug=f"onet-{edition.replace('.', '-')}-{imported.year}",
        short_name=f"O*NET {edition}",
        title=f"O*NET {edition} Database",
        url="https://www.onetcenter.org/database.html",
    )


PUBLISHER = Publisher(
    slug="onet",
    label=_("O*NET database"),
    organisation="U.S. Department of Labor, Employment and Training Administration (USDOL/ETA)",
    # The words that the O*NET license page gives for a site that shows part of the database.
    credit=(
        "This page includes information from the O*NET {edition} Database by the U.S. Department of Labor, Employment "
        "and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of "
        "USDOL/ETA. The information shown is a selection; USDOL/ETA has not approved, endorsed, or tested it."
    ),
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    read=read,
    cite=cite,
    store=store,
    options=[Option("edition", "the database's number, where the folder does not say it: 27.0")],
    metavar="FOLDER",
)
