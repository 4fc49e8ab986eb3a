"""What every command does first, and how it says that it cannot go on: in one sentence that says what to do.

Used by manage.py and scripts/ before Django is loaded, so nothing of it is imported at the top.
"""

import errno
import fcntl
import os
import pwd
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
# Made by deploy/install.sh: a link to the settings that the installation in this folder is served with.
SETTINGS_FILE = ROOT / "settings.env"
# PostgreSQL's words for what is not there and what one may not do.
UNDEFINED, NOT_ALLOWED = {"42P01", "42703"}, "42501"


def begin() -> None:
    """Take the settings of this folder's installation, if it is one, and become who owns its data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
    read_settings_file(SETTINGS_FILE)
    from .environment import data_dir

    become_owner(data_dir(ROOT))


def read_settings_file(path: Path) -> None:
    """Take the settings that the file names and the environment lacks, read as systemd reads an EnvironmentFile.

    Raise ImproperlyConfigured, which names file and line but never a value, where the two could read differently.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    except PermissionError:
        refuse(f"The settings of the site in {ROOT} are in {path.resolve()}, which you may not read. Run it as root.")
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith(("#", ";")):
            continue
        name, is_setting, value = line.partition("=")
        if not is_setting or not re.fullmatch(r"[A-Za-z_]\w*", name) or "\\" in value:
            refuse(f"Line {number} of {path.resolve()} cannot be read. Write NAME=value, without any backslash.")
        value = value.strip()
        if value[:1] in {"'", '"'}:
            if len(value) < 2 or value[-1] != value[0] or value[0] in value[1:-1]:
                refuse(f"Line {number} of {path.resolve()} has a quotation mark too few or too many.")
            value = value[1:-1]
        os.environ.setdefault(name, value)


def refuse(sentence: str) -> NoReturn:
    """End with a sentence that says what to do."""
    from django.core.exceptions import ImproperlyConfigured

    raise ImproperlyConfigured(sentence) from None


def become_owner(path: Path) -> None:
    """Where root runs this, go on as the account that `path`, or the folder it will be made in, belongs to.

    What root made there, the site could not change afterwards.
    """
    if os.geteuid() != 0:
        return
    owner = next(place for place in (path, *path.parents) if place.exists()).stat()
    if owner.st_uid == 0:
        return
    try:
        account = pwd.getpwuid(owner.st_uid)
    except KeyError:  # a number without a name, as in a container
        os.setgroups([])
        os.setgid(owner.st_gid)
    else:
        os.initgroups(account.pw_name, account.pw_gid)
        os.setgid(account.pw_gid)
        os.environ.update(HOME=account.pw_dir, USER=account.pw_name, LOGNAME=account.pw_name)
    os.setuid(owner.st_uid)


@contextmanager
def turn(folder: Path) -> Iterator[int]:
    """Wait until no other process has its turn in `folder`; yield what holds ours, until it is closed everywhere."""
    holder = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stdout.write(f"Another process works in {folder}: waiting for it to end.\n")
            sys.stdout.flush()
            fcntl.flock(holder, fcntl.LOCK_EX)
        yield holder
    finally:
        os.close(holder)


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """End with a sentence, not a trace, where the setup is wrong; `--traceback` shows where it was noticed."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:
        sentence = "" if "--traceback" in sys.argv else explain(fault)
        if not sentence:
            raise
        sys.exit(sentence)


def explain(fault: Exception) -> str:
    """Say what is wrong with the setup and what to do; empty where `fault` is no matter of the setup."""
    if isinstance(fault, OSError):
        return explain_file(fault)
    if "django" not in sys.modules:
        return ""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import Error

    if isinstance(fault, ImproperlyConfigured):
        return f"Not started. {fault}"
    if isinstance(fault, CommandError):
        return f"Stopped. {fault}"
    return explain_database(fault) if isinstance(fault, Error) else ""


def explain_file(fault: OSError) -> str:
    """Say which file or folder cannot be used, and whose it is."""
    if not isinstance(fault.filename, str):
        return ""
    sentence = f"Stopped. {fault.filename}: {fault.strerror}."
    if fault.errno in {errno.EACCES, errno.EPERM}:
        sentence += f" {whose(Path(fault.filename))}"
    return sentence


def whose(path: Path) -> str:
    """Say whom the path, or the nearest folder above it that can be seen, belongs to, and who is asking."""
    for place in (path, *path.parents):
        try:
            owner = name_of(place.stat().st_uid)
        except OSError:
            continue
        if owner == (own := name_of(os.geteuid())):
            break
        way_out = (
            f"have it given to you (as root: chown -R {own} '{place}')" if owner == "root" else f"run this as {owner}"
        )
        return f"{place} belongs to {owner}, and you are {own}: {way_out}."
    return "Check who may read and write it."


def name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def explain_database(fault: Exception) -> str:
    """Say what keeps the database from being used; empty where it is rather a mistake of ours."""
    from django.conf import settings
    from django.db import DatabaseError, InterfaceError, NotSupportedError, OperationalError

    database = settings.DATABASES["default"]
    is_file = database["ENGINE"].endswith("sqlite3")
    name = f"The database {database['NAME']}" if is_file else "The database that DATABASE_URL names"
    said = str(fault).strip().partition("\n")[0].rstrip(".")
    state = getattr(fault.__cause__, "sqlstate", None)
    if state in UNDEFINED or said.startswith(("no such table", "no such column")):
        return f"Stopped. {name} is empty or of an older release: bring it up to date (manage.py migrate)."
    if state == NOT_ALLOWED:
        return f"Stopped. {name} refuses its user: {said}. Make that user the owner of the database."
    if is_file and said in {"unable to open database file", "attempt to write a readonly database"}:
        return f"Stopped. {name} cannot be written. {whose(Path(database['NAME']))}"
    if type(fault) is DatabaseError:
        problem = f"{name} is damaged or no database of SQLite ({said})"
        return f"Stopped. {problem}: name another one, or restore a backup." if is_file else ""
    advice = "" if is_file else " Start it, or correct DATABASE_URL."
    is_away = isinstance(fault, (OperationalError, InterfaceError, NotSupportedError)) or "connection option" in said
    return f"Stopped. {name} cannot be used: {said}.{advice}" if is_away else ""
