"""The last release, for tests of upgrades: its code out of the history, and a database of its own with data.

It is the state of `main` of November 28, 2026, which called itself 0.1.0. `python -m tests.upgrades.release COMMIT`,
once for each kind of database, writes backups of another one: its own code makes the data (seed.py), and its own
`backup` the file.
"""

import io
import json
import lzma
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.guides.processes import ROOT

COMMIT = "4eb53dcab10f2e9c55fb22d2292e57393536e35a"
DATA = ROOT / "tests" / "data" / "last_release"
# Keys of plans and sessions go on working only under the same one.
SECRET_KEY = "the last release and this one have the same key, as an upgrade leaves it"
# Enough for every kind of section, and each costs seconds to load: one that nobody touches, and one that editors edit.
UNTOUCHED, EDITED = "technical-services-librarian", "library-clerk"
SHARED = ["sources", "glossary", "synonyms"]


def unpack(folder: Path, commit: str = COMMIT) -> Path:
    """Write the code of `commit` into `folder`, out of the history of this clone."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit).stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


def need_history() -> None:
    """Skip the test in a clone without history; a whole one that lacks the commit is a fault."""
    is_known = _git("cat-file", "-e", f"{COMMIT}^{{commit}}").returncode == 0
    if not is_known and _git("rev-parse", "--is-shallow-repository").stdout.strip() != b"false":
        pytest.skip("The last release's own code has not run: this clone has no history (git fetch --unshallow).")
    assert is_known, f"The history lacks {COMMIT}, from which tests/data/last_release was made."


def _git(*words: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)  # noqa: S607


def ship(fixtures: Path, folder: Path) -> None:
    """Write those guides of `fixtures` that the tests use into `folder`, without links to the others."""
    folder.mkdir(exist_ok=True)
    for name in SHARED:
        (folder / f"{name}.json").write_bytes((fixtures / f"{name}.json").read_bytes())
    for slug in (UNTOUCHED, EDITED):
        name = f"{slug.replace('-', '_')}.json"
        written = (fixtures / name).read_text()
        (folder / name).write_text(re.sub(rf"\[([^]]*)\]\(/guides/(?!{slug}/)[^)]*\)", r"\1", written))


def known(vendor: str) -> dict[str, str]:
    """What only whoever made the data knows: the `key` of the plan, sections whose text editors changed."""
    result: dict[str, str] = json.loads((DATA / f"{vendor}.json").read_text())
    return result


def write_sqlite(file: Path) -> None:
    """Write the database of SQLite."""
    file.write_bytes(lzma.decompress((DATA / "sqlite.xz").read_bytes()))


def environment(database: str, folder: Path, **more: str) -> dict[str, str]:
    """What the last release's commands and server are told."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET_KEY,
        "CLOCK": "0",
    }
    return {"PATH": os.environ["PATH"], **own, **more}


def main(commit: str, folder: str) -> None:
    """Make the data of `commit` in `folder`, and keep it; on PostgreSQL where DATABASE_URL names one."""
    code, work = Path(folder) / "code", Path(folder)
    for part in (work, code):
        part.mkdir(exist_ok=True)
    unpack(code, commit)
    shipped = code / "shipped"
    ship(code / "fixtures", shipped)
    for path in (code / "fixtures").glob("*.*"):
        path.unlink()
    for path in shipped.iterdir():
        path.rename(code / "fixtures" / path.name)
    database = os.environ.get("DATABASE_URL") or f"sqlite:///{work}/site.sqlite3"
    options = {"cwd": code, "env": environment(database, work), "check": True}
    manage = [sys.executable, str(code / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], **options)
    subprocess.run([*manage, "load_release"], **options)
    seed = code / "seed.py"
    seed.write_bytes((ROOT / "tests" / "upgrades" / "seed.py").read_bytes())
    said = subprocess.run([sys.executable, str(seed)], stdout=subprocess.PIPE, **options)
    subprocess.run([*manage, "backup", str(work / "backup")], **options)
    DATA.mkdir(exist_ok=True)
    vendor, backup = "postgresql", (work / "backup").read_bytes()
    if database.startswith("sqlite"):
        vendor, backup = "sqlite", lzma.compress(backup, preset=9)
    (DATA / f"{vendor}{'.xz' if vendor == 'sqlite' else '.dump'}").write_bytes(backup)
    (DATA / f"{vendor}.json").write_bytes(said.stdout.splitlines(keepends=True)[-1])


if __name__ == "__main__":
    main(*sys.argv[1:])
