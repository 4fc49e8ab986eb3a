"""The publisher's XML compilation: all of the Handbook in one file, whose quick facts hold its figures."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from ... import periods
from ...faults import ImportFault, reading
from ...files import cells
from ...files.tables import MAX_FILE
from ...progress import Progress
from .figures import JOBS, JOBS_AHEAD, Entry, Timing, find_timing

# Where each of the table's columns stands among an entry's quick facts. What the file names openings is the change in
# jobs, as the Handbook's pages show it; it has no jobs of the last year.
FACTS = {
    "median_pay_annual": "qf_median_pay_annual",
    "entry_education": "qf_entry_level_education",
    JOBS: "qf_number_of_jobs",
    "outlook_pct": "qf_employment_outlook",
    "employment_change": "qf_employment_openings",
}
ADDRESS = re.compile(r"https?://www\.bls\.gov/ooh/[\w/-]+/([a-z0-9-]+)\.htm")
# As many codes as a figure holds; entries that count more are named by the person who maps them.
MOST_CODES = 9


def entries(path: Path, pay_period: str | None, progress: Progress) -> Iterator[tuple[str, Entry, Timing]]:
    """Yield `(where, entry, timing)` of each occupation. Raises ImportFault."""
    root = _parsed(path)
    progress.total = len(root)
    if root.tag != "ooh":
        raise ImportFault(f"{path}: is XML, but not the Handbook's compilation: it begins with <{root.tag[:40]}>.")
    base, end = _year(path, root, "current_year"), _year(path, root, "projection_year")
    said = f"{root.findtext('reference_period', '').strip()} {root.findtext('reference_year', '').strip()}"
    timing = find_timing(base, end, pay_period or (said if periods.form(said) == periods.MONTH else None), path)
    for number, occupation in enumerate(root.iterfind("occupation"), 1):
        progress.advance()
        title = (occupation.findtext("title") or "").strip()
        where = f"{path}: occupation {number} ({title[:60]})"
        entry = _entry(occupation, title, where)
        _check_change(entry, where)
        yield where, entry, timing


def _parsed(path: Path) -> ElementTree.Element:
    """Return the file's root. A file that declares a document type, whose entities could multiply, is refused."""
    with reading(path), path.open("rb") as file:
        content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise ImportFault(f"{path}: is larger than {MAX_FILE // 2**20} MB: not the Handbook's compilation.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFault(f"{path}: is not UTF-8 text.") from error
    if "<!DOCTYPE" in text.partition("<ooh")[0]:
        raise ImportFault(f"{path}: declares a document type, as the Handbook's compilation does not.")
    try:
        return ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError as error:
        raise ImportFault(f"{path}: is not whole XML ({error}): cut off?") from error


def _year(path: Path, root: ElementTree.Element, name: str) -> int:
    text = root.findtext(name, "").strip()
    if not re.fullmatch(r"20\d\d", text):
        raise ImportFault(f"{path}: <{name}> is {cells.quoted(text)}, not a year.")
    return int(text)


def _entry(occupation: ElementTree.Element, title: str, where: str) -> Entry:
    """Return an occupation's texts by the names of the table's columns."""
    citation = occupation.find("citation")
    address = ADDRESS.search("".join(citation.itertext())) if citation is not None else None
    if address is None:
        raise ImportFault(f"{where}: its <citation> has no address of a page of the Handbook.")
    covered = sorted({(code.text or "").strip() for code in occupation.iterfind("soc_coverage/soc_code")} - {""})
    facts = {name: (occupation.findtext(f"quick_facts/{fact}/value") or "").strip() for name, fact in FACTS.items()}
    return facts | {
        "title": title,
        "slug": address[1],
        "url": address[0],
        "soc_code": " ".join(covered) if len(covered) <= MOST_CODES else "",
        JOBS_AHEAD: "",
        "openings": "",
    }


def _check_change(entry: Entry, where: str) -> None:
    """Refuse a change in jobs that is not the outlook's percent of them: openings a year would be another number."""
    names = (JOBS, "outlook_pct", "employment_change")
    jobs, percent, change = (cells.number_at(where, name, entry[name], rounded=True)[0] for name in names)
    if jobs is None or percent is None or change is None:
        return
    if abs(change - jobs * percent / 100) > jobs * 0.006 + 100:
        product = f"{percent}% of {jobs:,} jobs"
        raise ImportFault(f"{where}: qf_employment_openings is {change:,}, which is not the change of {product}.")
