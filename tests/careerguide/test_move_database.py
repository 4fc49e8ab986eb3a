"""The whole site is moved to another database and back, all of it or nothing of it.

On SQLite from file to file; on PostgreSQL to a file of SQLite and back.
"""

import secrets
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from io import StringIO

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import JSONField, Value
from django_otp.plugins.otp_totp.models import TOTPDevice

from careerguide import moving
from guides.models import Source
from guides.models.shared import SharedEdition
from guides.plan.models import Note, Plan
from tests import databases, factories
from tests.addresses import Site
from tests.faults import state
from tests.guides import processes

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"

KILLED_IN_THE_MIDDLE = """
import os, signal, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
django.setup()
from django.db import connection
from careerguide import moving
left = moving.count(connection)
def advance(rows):
    global left
    left -= rows
    if left < 100:
        os.kill(os.getpid(), signal.SIGKILL)
moving.move(connection, sys.argv[1], advance)
"""


def move(address):
    said = StringIO()
    call_command("move_database", address, stdout=said)
    return said.getvalue()


def move_from(database, address):
    """Move by a process of its own, whose site's database is the one at `database`."""
    process = processes.start(
        "manage.py", "move_database", address, database=database, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said, complaint = process.communicate(timeout=300)
    return process.returncode, said, complaint


def fingerprint(address):
    with databases.led_to(address):
        return state.fingerprint()


@pytest.fixture
def empty():
    """The addresses of two databases with the site's tables and what migrations write."""
    # SQLite's stay until the end of the run.
    run = secrets.token_hex(4)
    with databases.copy(f"one_{run}") as one, databases.copy(f"other_{run}") as other:
        yield one, other


def test_there_and_back(empty, tmp_path):
    site = Site()
    TOTPDevice.objects.create(user=site.accounts["editor"], name="Phone")
    SharedEdition.objects.create(model="guides.term", slug="gone", number=1, fields=None)
    SharedEdition.objects.create(model="guides.term", slug="null", number=1, fields=Value(None, JSONField()))
    Source.objects.create(slug="odd", publisher="Añ — “☃”", title="\n'\"\\ %s", url="https://glue.example/")
    gone = User.objects.create(username="gone")
    last = gone.pk
    gone.delete()
    rows, before, problems = moving.count(connection), state.fingerprint(), state.problems()
    path = tmp_path / "there.sqlite3"
    if ON_SQLITE:
        # Making the tables takes as long as all the rest: on PostgreSQL the command does it.
        shutil.copy(empty[1].removeprefix("sqlite:///"), path)
    assert f"Moved: {rows:,} rows of {len(moving.tables())} tables" in move(f"sqlite:///{path}")
    assert state.fingerprint() == before, "the site's own stays as it is"
    code, said, complaint = move_from(f"sqlite:///{path}", empty[0])
    assert (code, f"{rows:,} rows" in said) == (0, True), complaint
    assert fingerprint(empty[0]) == before
    with databases.led_to(empty[0]):
        assert state.problems() == problems
        assert User.objects.create(username="next").pk > last, "no key is given twice"
    bad_rows_are_named(path, empty[1])


# What SQLite keeps: what stands in its place, in which row, and what is said of it.
SPOILED = [
    ("auth_user", "last_login = 'yesterday'", "username = 'editor'", "last_login holds 'yesterday'"),
    ("auth_user", "is_active = 7", "username = 'publisher'", "must be either True or False"),
    ("plan_note", "text = CAST(X'ff41' AS TEXT)", "1", "can't encode"),
]
# What PostgreSQL does not keep.
TOO_MUCH = [
    ("guides_term", "definition = 'A' || char(0)", "slug = 'glue'", "NUL"),
    ("guides_source", f"slug = '{'x' * 100}'", "slug = 'odd'", "too long"),
    ("guides_sharededition", """fields = '"\\u0000"'""", "slug = 'gone'", "Unicode escape"),
]


def bad_rows_are_named(path, target):
    """All of them, with table and key; and nothing is moved."""
    before, expected = fingerprint(target), []
    with closing(sqlite3.connect(path)) as file:
        for table, change, where, said in [*SPOILED, *([] if ON_SQLITE else TOO_MUCH)]:
            ((key,),) = file.execute(f"SELECT id FROM {table} WHERE {where}")  # noqa: S608
            file.execute(f"UPDATE {table} SET {change} WHERE id = {key}")  # noqa: S608
            expected.append((f"{table} {key}: ", said))
        file.commit()
    code, _said, complaint = move_from(f"sqlite:///{path}", target)
    assert code == 1
    lines = complaint.partition("Nothing was moved")[2].splitlines()[1:]
    for start, said in expected:
        assert any(line.startswith(start) and said in line for line in lines), complaint
    assert len(lines) == len(expected), complaint
    assert fingerprint(target) == before


def test_killed_in_the_middle(empty):
    target, _other = empty
    factories.make_guide()
    before, site = fingerprint(target), state.fingerprint()
    killed = processes.start("-c", KILLED_IN_THE_MIDDLE, target, stderr=subprocess.PIPE)
    _said, complaint = killed.communicate(timeout=300)
    assert killed.returncode == -signal.SIGKILL, complaint
    assert fingerprint(target) == before
    assert "compared row by row" in move(target)
    assert fingerprint(target) == site == state.fingerprint()


def test_nobody_writes_meanwhile(empty):
    """Readers go on; what would be saved is refused. What is not the same in the end is not kept."""
    factories.make_guide()
    tried = []

    def advance(rows):
        if not tried:
            tried.append(written_by_another())

    moving.move(connection, empty[0], advance)
    assert tried == [(1, False)]
    spoil_what_comes(empty[1])
    before = fingerprint(empty[1])
    with pytest.raises(CommandError, match=r"Nothing was moved: guides_source \d+ is not the same"):
        move(empty[1])
    assert fingerprint(empty[1]) == before


def written_by_another():
    """How many guides another connection reads, and whether it can write."""
    read, write = "SELECT count(*) FROM guides_guide", "UPDATE guides_guide SET title = 'Glue'"
    if ON_SQLITE:
        other, refusal = sqlite3.connect(connection.settings_dict["NAME"], timeout=0.1), sqlite3.OperationalError
    else:
        other, refusal = psycopg.connect(processes.database_url(), options="-c lock_timeout=100"), psycopg.Error
    with closing(other):
        ((count,),) = other.execute(read).fetchall()
        try:
            other.execute(write)
        except refusal:
            return count, False
    return count, True


def spoil_what_comes(address):
    """Have the database there change each source that is written."""
    body = "UPDATE guides_source SET note = 'glue' WHERE id = new.id;"
    with databases.led_to(address), connection.cursor() as cursor:
        if ON_SQLITE:
            cursor.execute(f"CREATE TRIGGER spoil AFTER INSERT ON guides_source BEGIN {body} END")
            return
        cursor.execute(
            f"CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN new; END $$"
        )
        cursor.execute("CREATE TRIGGER spoil AFTER INSERT ON guides_source FOR EACH ROW EXECUTE FUNCTION spoil()")


def test_what_is_refused(empty, tmp_path):
    """Nothing is moved into what holds something, is of something else, or cannot be reached."""
    Source.objects.create(slug="office")
    with pytest.raises(CommandError, match=r"is not empty: guides_source has 1 rows\."):
        move(processes.database_url())
    strange = tmp_path / "strange.sqlite3"
    with closing(sqlite3.connect(strange)) as file:
        file.execute("CREATE TABLE cats (name text)")
    with pytest.raises(CommandError, match="holds tables of something else, such as cats"):
        move(f"sqlite:///{strange}")
    with pytest.raises(CommandError, match="TARGET_URL names no database"):
        move("mysql://user:secret@host/name")
    with pytest.raises(CommandError, match="TARGET_URL cannot be used"):
        move("postgres:///none?host=/nowhere")
    newest = "WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'guides')"
    with databases.led_to(empty[0]), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM django_migrations {newest}")  # noqa: S608
    with pytest.raises(CommandError, match=r"is of an older release of the site: it lacks guides\."):
        move(empty[0])
    with databases.led_to(empty[1]), connection.cursor() as cursor:
        cursor.execute(f"UPDATE django_migrations SET name = '9999_new' {newest}")  # noqa: S608
    with pytest.raises(CommandError, match=r"is of a newer release of the site, which has guides\.9999_new"):
        move(empty[1])


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL lets no row point at one that is not there.")
def test_a_row_that_points_at_none(empty):
    lost = Note.objects.create(plan=Plan.objects.create(key_hash="0" * 64), text="Call them.")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
        file.execute("DELETE FROM plan_plan")
        file.commit()
    with pytest.raises(CommandError, match=rf"'plan_note' with primary key '{lost.pk}' has an invalid foreign key"):
        move(empty[0])
