"""A PostgreSQL server of a test's own, to be stopped, frozen and started again."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from tests.guides.processes import ROOT, children


class Cluster:
    """A throw-away server made by scripts/with_postgres, which also takes it away."""

    started = None

    def __enter__(self):
        self.holder = subprocess.Popen(
            [ROOT / "scripts" / "with_postgres", "sh", "-c", 'echo "$DATABASE_URL"; read -r _'],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self.holder.stdout.readline().strip()
        assert self.url.startswith("postgres://"), self.url
        self.folder = Path(unquote(urlsplit(self.url).hostname))
        self.command = Path(f"/proc/{self.pid()}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        # The script's server may forget its last half second in a crash; one that is made to crash must not.
        self.run("ALTER ROLE CURRENT_USER SET synchronous_commit = on")
        return self

    def __exit__(self, *error):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            self.resume()
        self.holder.communicate("\n")
        if self.started:
            self.started.wait()

    def pid(self):
        """The server's main process."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])

    def stop(self):
        """End it at once, as a crash would: what `pg_ctl stop -m immediate` does."""
        os.kill(self.pid(), signal.SIGQUIT)
        while (self.folder / "data" / "postmaster.pid").exists():
            time.sleep(0.02)

    def start(self):
        """Start it again, and wait until it answers."""
        owner = None if os.geteuid() else "postgres"
        with (self.folder / "log").open("a") as log:
            self.started = subprocess.Popen(
                self.command, user=owner, group=owner, cwd=self.folder, stdout=log, stderr=log
            )
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url):
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def freeze(self):
        """Stop the server and every process of it from doing anything: it hangs."""
        for pid in children(self.pid()):
            os.kill(pid, signal.SIGSTOP)

    def resume(self):
        """Let it go on."""
        for pid in reversed(children(self.pid())):
            os.kill(pid, signal.SIGCONT)

    def run(self, statement):
        """Run one statement as the owner, also where the server takes no writes by default."""
        writing = "-c default_transaction_read_only=off"
        with psycopg.connect(self.url, autocommit=True, options=writing) as connection:
            connection.execute(statement)
