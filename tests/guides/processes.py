"""Other processes that work on the test's database."""

import contextlib
import os
import resource
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[2]


def database_url():
    """The address of the test's database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{user}@{quote(database['HOST'], safe='')}{port}/{database['NAME']}"


def start(*arguments, database=None, **options):
    """Start Python with `arguments` on the test's database or another, in DEBUG so that it needs no collected files."""
    environment = os.environ | {"DATABASE_URL": database or database_url(), "DEBUG": "1"}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, text=True, **options)


def children(pid):
    """`pid` and every process below it, parents first."""
    pids = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        # A thread that ends meanwhile gives its children to another one of the process.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for child in task.read_text().split():
                pids += children(int(child))
    return pids


@contextlib.contextmanager
def no_space(*pids):
    """Let no file of these processes grow, as where the disk is full."""
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_soft, hard) in limits.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
