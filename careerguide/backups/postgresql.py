"""Backups of PostgreSQL: the form of its own pg_dump, brought back in one transaction."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote, urlsplit

from django.db import DatabaseError, ProgrammingError, connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from .errors import BackupError
from .scratch import LOST_SECONDS

SIGNATURE = b"PGDMP"
NAME = "PostgreSQL"

# How often a restore begins anew where it and the running site waited for each other.
ATTEMPTS = 20
# What another machine may do without: owners, rights, comments and places on disk.
READING = ("pg_restore", "--no-owner", "--no-privileges", "--no-comments", "--no-tablespaces")
# Where in a line a program begins to say what is wrong; psql is asked for PostgreSQL's code of it as well.
PROBLEM = re.compile(r"(?:error|fatal): +", re.IGNORECASE)
DEADLOCK = "40P01"

# pg_restore's own --clean drops what the file knows: what was made after it may still point there. Extensions, which
# may belong to another user, stay with all that is theirs; what is part of a table goes with it. Sorted, so that all
# are known before the first one goes.
EMPTY = b"""
SET client_min_messages = warning;
BEGIN;
DO $$
DECLARE
  thing record;
BEGIN
  FOR thing IN
    SELECT named.type, named.identity
    FROM pg_depend AS held, pg_identify_object(held.classid, held.objid, 0) AS named
    WHERE held.refclassid = 'pg_namespace'::regclass AND held.refobjid = current_schema()::regnamespace
      AND held.deptype = 'n' AND held.classid <> 'pg_extension'::regclass
      AND NOT EXISTS (
        SELECT FROM pg_depend AS part
        WHERE part.classid = held.classid AND part.objid = held.objid AND part.deptype IN ('a', 'e', 'i')
      )
    ORDER BY named.type, named.identity
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', thing.type, thing.identity);
  END LOOP;
END
$$;
"""


def write(path: Path, without: Sequence[str] = ()) -> None:
    """Have pg_dump write one consistent snapshot."""
    options = [f"--exclude-table-data={table}" for table in without]
    with _running("pg_dump", "--format=custom", *options, f"--file={path}", _database()) as pg_dump:
        pg_dump.process.wait()
    if problem := pg_dump.problem:
        raise BackupError(problem)


def applied(path: Path) -> set[tuple[str, str]]:
    """Have pg_restore read all of the backup, and return its migrations."""
    _read(path)
    lines = iter(_read(path, "--data-only", "--table=django_migrations").splitlines())
    columns = next((re.findall(r"\w+", line.partition("(")[2]) for line in lines if line.startswith("COPY ")), [])
    rows = [dict(zip(columns, line.split("\t"), strict=False)) for line in iter(lambda: next(lines, r"\."), r"\.")]
    return {(row["app"], row["name"]) for row in rows}


def load(path: Path) -> None:
    """Empty the database and have pg_restore fill it, in one transaction."""
    for _attempt in range(ATTEMPTS):
        problem = _load(path)
        if DEADLOCK not in problem:
            break
    else:
        problem += " The running site is in the way: stop it meanwhile, and try again."
    if problem:
        raise BackupError(f"Nothing was changed. {problem}")


@contextmanager
def scratch() -> Iterator[str]:
    """A new database on the same server."""
    start = f"{connection.settings_dict['NAME']}_scratch_"
    name = f"{start}{int(time.time())}_{os.getpid()}"
    quoted = connection.ops.quote_name(name)
    try:
        _drop_lost(start)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    except ProgrammingError as error:
        user = connection.settings_dict["USER"] or "careerguide"
        raise BackupError(
            f"No scratch database could be made: {str(error).strip()}. "
            f"As the database's administrator, run: ALTER ROLE {connection.ops.quote_name(user)} CREATEDB"
        ) from None
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(name)}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def _drop_lost(start: str) -> None:
    """Drop the scratch databases that killed commands left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [start])
        for (name,) in cursor.fetchall():
            made = re.fullmatch(r"(\d+)_\d+", name.removeprefix(start))
            if made and time.time() - int(made[1]) > LOST_SECONDS:
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def _read(path: Path, *options: str) -> str:
    """Return what pg_restore finds in the file; without options read all of it, and return nothing."""
    target = "-" if options else os.devnull
    with _running(*READING, *options, f"--file={target}", str(path), stdout=subprocess.PIPE) as pg_restore:
        contents = cast(IO[bytes], pg_restore.process.stdout).read().decode()
    if problem := pg_restore.problem:
        raise BackupError(f"{path} is damaged, cut off or of a newer PostgreSQL. {problem}")
    return contents


def _load(path: Path) -> str:
    """Empty and fill the database; return what was wrong, if anything, in which case nothing was changed."""
    command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=verbose", _database()]
    # What this process holds must not be in the way.
    connection.close()
    with (
        _running(*command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as psql,
        _running(*READING, "--file=-", str(path), stdout=subprocess.PIPE) as pg_restore,
    ):
        target, source = cast(IO[bytes], psql.process.stdin), cast(IO[bytes], pg_restore.process.stdout)
        # Where psql stops in the middle it says why.
        with suppress(BrokenPipeError), target:
            target.write(EMPTY)
            shutil.copyfileobj(source, target)
            # A file that could be read in part leaves the transaction open, and so undone.
            if pg_restore.process.wait() == 0:
                target.write(b"COMMIT;\n")
    return psql.problem or pg_restore.problem


class _Program:
    """A program of PostgreSQL's that runs."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        self.name, self.process, self.said, self.problem = name, process, said, ""

    def finish(self) -> None:
        """Keep in `problem` what it said was wrong, as one sentence; nothing where all went well."""
        if not self.process.returncode:
            return
        self.said.seek(0)
        lines = [line for line in self.said.read().decode(errors="replace").splitlines() if line.strip()]
        line = next(filter(PROBLEM.search, lines), (lines or [f"it ended with {self.process.returncode}"])[-1])
        said = PROBLEM.split(line, maxsplit=1)[-1].rstrip(".")
        self.problem = f"{self.name}: {said}.{_other_version(self.name)}"


@contextmanager
def _running(*command: str, stdin: int | None = None, stdout: int | None = None) -> Iterator[_Program]:
    """Run one of PostgreSQL's programs, and wait for its end."""
    password = connection.settings_dict["PASSWORD"]
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=said)  # noqa: S603
        except FileNotFoundError:
            raise BackupError(f"{command[0]} is not installed (Debian: apt install postgresql-client).") from None
        with process:
            yield (program := _Program(command[0], process, said))
        program.finish()


def _database() -> str:
    """The option that names the database, with all that DATABASE_URL says of the way there but the password."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} - {"password", "client_encoding"}
    given = connection.get_connection_params()
    return f"--dbname={make_conninfo(**{name: value for name, value in given.items() if name in known})}"


def _other_version(program: str) -> str:
    """What is to be said where the program is not of the server's version."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    version = re.search(r"\d+", said)
    postgresql: Any = connection
    with suppress(DatabaseError):
        server = postgresql.pg_version // 10_000
        if version and int(version[0]) != server:
            return f" {program} is of version {version[0]}, the server of {server}: install postgresql-client-{server}."
    return ""
