"""`make run` and its like where something is wrong: one sentence that says what to do, and no trace."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle
from socket import create_server

import pytest
from django.conf import settings

from tests.faults.site import free_port
from tests.faults.visitor import Visitor

COMMANDS = {
    "make run": ["-m", "scripts.run"],
    "make editor": ["-m", "scripts.prepare"],
    "a command": ["manage.py", "migrate"],
}


def run(command, tmp_path, **variables):
    own = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data"), "OFFICIAL_DATA": "0"}
    return subprocess.run(
        [sys.executable, *command],
        env=own | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_run_serves_the_guides_and_keeps_what_it_makes_private(tmp_path):
    port, data = free_port(), tmp_path / "my data"
    own = {"PATH": os.environ["PATH"], "DATA_DIR": str(data), "PORT": str(port), "OFFICIAL_DATA": "0"}
    command = [sys.executable, "-m", "scripts.run"]
    with subprocess.Popen(command, env=own, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as server:
        try:
            last = f"Careerguide is at http://127.0.0.1:{port}/ (Ctrl+C stops it)\n"
            assert any(line == last for line in server.stdout)
            visitor = Visitor(("127.0.0.1", port))
            wait_until(lambda: visitor.get("/readyz").status == 200)
            page = visitor.get("/guides/library-technical-assistant/")
            sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
            assert (page.status, len(sheets) > 0) == (200, True)
            assert {visitor.get(sheet).status for sheet in sheets} == {200}
            assert "Library Technical Assistant" in visitor.get("/search/?q=library").text
            open_to_others = [path for path in data.iterdir() if path.is_file() and path.stat().st_mode & 0o077]
            assert [path.name for path in open_to_others] == ["static.collected"]
        finally:
            server.terminate()


def wait_until(holds, patience=30):
    ends = time.monotonic() + patience
    while True:
        with suppress(OSError):
            if holds():
                return
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.fixture
def wrong(tmp_path):
    """Environments that nothing can start in, and a word of what to do about each."""
    text = tmp_path / "text"
    text.write_text("no database\n" * 1_000)
    return [
        ({"DATABASE_URL": "postgres://u:secret@127.0.0.1:1/x"}, "Start it, or correct DATABASE_URL."),
        ({"DATABASE_URL": "postgres://u:secret@no-such-host.invalid/x"}, "correct DATABASE_URL."),
        ({"DATABASE_URL": "postgres:///x?sslmode=odd"}, "correct DATABASE_URL."),
        ({"DATABASE_URL": "postgres:///x?odd=1"}, "correct DATABASE_URL."),
        ({"DATABASE_URL": f"sqlite:///{text}"}, "name another one, or restore a backup."),
        ({"DATABASE_URL": f"sqlite:///{tmp_path}"}, "cannot be written"),
        ({"DATA_DIR": "/proc/x"}, "Set DATA_DIR to a place that you may write."),
        ({"SITE_URL": "https://guides.example.org"}, "Set it to 50 or more random characters."),
    ]


def test_whatever_is_wrong_is_one_sentence_whichever_command_meets_it(tmp_path, wrong):
    # Not every command with each: they share the way to say it.
    cases = [(name, *case) for name, case in zip(cycle(COMMANDS), wrong, strict=False)]

    def fault_of(case):
        name, variables, words = case
        result = run(COMMANDS[name], tmp_path, PORT="8104", **variables)
        said = result.stderr
        if result.returncode == 1 and said.count("\n") == 1 and words in said and "secret" not in said:
            return None
        return f"{name} with {variables}: {result.returncode} {said[-300:]}"

    with ThreadPoolExecutor(2) as several:
        assert [fault for fault in several.map(fault_of, cases) if fault] == []


def test_a_port_that_is_taken_is_a_sentence(tmp_path):
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run(COMMANDS["make run"], tmp_path, PORT=str(port))
    assert result.returncode == 1
    assert result.stderr == f"Port {port} is in use. Choose another one: make run PORT={port % 65_535 + 1}\n"


def test_a_command_on_an_empty_database_says_what_to_run(tmp_path):
    result = run(["manage.py", "rebuild_search"], tmp_path)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.endswith("is empty or of an older release: bring it up to date (manage.py migrate).\n")


def test_a_command_without_django_says_which_python_has_it(tmp_path):
    result = run(["-S", "manage.py", "migrate"], tmp_path)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert ".venv/bin/python" in result.stderr
