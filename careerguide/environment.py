"""Reading settings from the environment: safe defaults, and errors that name the variable."""

import os
import re
import secrets
import tomllib
from contextlib import suppress
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import SplitResult, quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .startup import whose

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# A host's name or address as it stands in a request; no pattern that stands for several.
NAME = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f]*:[0-9a-f:.]+")
DATABASES = {"sqlite", "postgres", "postgresql"}
# Where several machines see the same files: SQLite's locks do not reach from one to the other.
NETWORK_FILES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs"}


def flag(name: str, default: bool = False) -> bool:
    """Return the variable `name` as true or false; unset means `default`."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "default"}:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'. Set it to 1 or 0.")


def number(name: str, default: int, least: int = 0, most: int = 1_000_000) -> int:
    """Return the variable `name` as a whole number from `least` to `most`; unset means `default`."""
    value = os.environ.get(name, "").strip() or str(default)
    # Of 8 digits at most: Python reads no number of thousands of them.
    if not value.isdecimal() or len(value) > 8 or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is '{value}'. Set it to a whole number from {least} to {most}.")
    return int(value)


def monitor_key() -> str:
    """Return MONITOR_KEY, the secret word of a monitor; unset means none."""
    return _secret_word("MONITOR_KEY")


def backup_key() -> str:
    """Return BACKUP_KEY, with which backups are encrypted; unset means that they are not."""
    return _secret_word("BACKUP_KEY")


def _secret_word(name: str) -> str:
    word = os.environ.get(name, "").strip()
    if word and len(word) < 20:
        raise ImproperlyConfigured(f"{name} is too short. Give it 20 characters or more that nobody guesses.")
    return word


def time_zone() -> str:
    """Return TIME_ZONE, the name of the site's time zone; unset means UTC."""
    name = os.environ.get("TIME_ZONE", "").strip() or "UTC"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"TIME_ZONE is '{name}'. Give a name such as America/Chicago, or leave it out for UTC."
        ) from None
    return name


def extra_apps() -> list[str]:
    """Return the apps that EXTRA_APPS names, which commas or spaces part; unset means none."""
    names = os.environ.get("EXTRA_APPS", "").replace(",", " ").split()
    for name in names:
        package = name.partition(".")[0]
        if not package.isidentifier() or find_spec(package) is None:
            raise ImproperlyConfigured(f"EXTRA_APPS names '{name}', which is not installed here.")
    return names


def release(project: Path) -> str:
    """Return the number of this release, which stands in the file `project`."""
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def backup_dir(base: Path) -> str:
    """Return BACKUP_DIR, read as below `base` whatever folder one is in; empty where it is unset."""
    value = os.environ.get("BACKUP_DIR", "").strip()
    return value and str(base / value)


def data_dir(base: Path) -> Path:
    """Return DATA_DIR, read as below `base` whatever folder one is in; unset means `base`/var."""
    return base / (os.environ.get("DATA_DIR") or "var")


def made_folder(path: Path, name: str = "DATA_DIR") -> Path:
    """Return `path`, made if it is missing, for its owner alone; `name` is the variable that it comes from."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"{name} names the folder {path}, which cannot be made or entered: {fault.strerror}. "
            f"Set {name} to a place that you may write."
        ) from None
    return path


def keep_private(path: Path | str) -> None:
    """Take a file, if it is there and ours, from every account but its owner's."""
    with suppress(OSError):
        # What its owner may do is the owner's choice: a file may be read-only on purpose.
        if (mode := os.stat(path).st_mode) & 0o077:
            os.chmod(path, mode & 0o700)


def site_url() -> SplitResult:
    """Return SITE_URL taken apart: how readers reach the site. Unset, it is this machine alone."""
    url = os.environ.get("SITE_URL") or f"http://127.0.0.1:{number('PORT', 8000, 1, 65_535)}"
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and NAME.fullmatch(parts.hostname or "") and (parts.port or 1)
    except ValueError:
        is_address = False
    if not is_address or "@" in parts.netloc or parts.path not in {"", "/"} or parts.query or parts.fragment:
        letters = "" if url.isascii() else " A name in other letters is written as browsers send it (xn--…)."
        raise ImproperlyConfigured(
            f"SITE_URL is '{url}'. Give scheme and host, such as https://guides.example.org.{letters}"
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"SITE_URL is '{url}': over http, passwords and plans travel open to everyone on the way. "
            "Give the https address (docs/hosting.md says how to get one)."
        )
    return parts


def allowed_hosts(site: SplitResult) -> list[str]:
    """Return the names under which the site answers."""
    if site.hostname in LOOPBACK:
        return ["127.0.0.1", "localhost", "[::1]"]
    name = site.hostname or ""
    return [f"[{name}]" if ":" in name else name]


def secret_key(site: SplitResult, folder: Path) -> str:
    """Return SECRET_KEY, or for a site on this machine alone the key kept in `folder` (made if missing)."""
    key, is_public = os.environ.get("SECRET_KEY"), site.hostname not in LOOPBACK
    if is_public and (not key or len(key) < 50 or len(set(key)) < 10):
        problem = "easy to guess" if key else "not set"
        raise ImproperlyConfigured(
            f"SECRET_KEY is {problem}, and SITE_URL ({site.geturl()}) is public. "
            "Set it to 50 or more random characters."
        )
    return key or _kept_key(made_folder(folder) / "secret_key")


def proxy_address() -> str:
    """Return PROXY_ADDRESS, the address of the proxy in front, or an empty string where there is none."""
    value = os.environ.get("PROXY_ADDRESS", "").strip()
    try:
        return str(ip_address(value)) if value else ""
    except ValueError:
        raise ImproperlyConfigured(
            f"PROXY_ADDRESS is '{value}'. Give the proxy's IP address as this site sees it, such as 127.0.0.1."
        ) from None


def listen_address() -> str:
    """Return LISTEN_ADDRESS, where the deployed server is asked: that of this machine alone, unless it is set."""
    value = os.environ.get("LISTEN_ADDRESS", "127.0.0.1")
    try:
        return str(ip_address(value))
    except ValueError:
        raise ImproperlyConfigured(
            f"LISTEN_ADDRESS is '{value}'. Give an IP address of this machine, or 0.0.0.0 for all of them."
        ) from None


def database(base: Path, default: Path) -> dj_database_url.DBConfig:
    """Return Django's settings of the database that DATABASE_URL names, else of the SQLite file at `default`."""
    url = os.environ.get("DATABASE_URL")
    return database_at(url or f"sqlite:///{quote(str(default))}", base, "DATABASE_URL" if url else "DATA_DIR")


def database_at(url: str, base: Path, name: str) -> dj_database_url.DBConfig:
    """Return Django's settings of the database at `url`, which comes from the variable or argument `name`.

    A file is read as below `base`, whatever folder one is in, and its folder is made.
    """
    # The address may hold a password, so no message repeats it.
    try:
        scheme = urlsplit(url).scheme
        database = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True) if scheme in DATABASES else None
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write signs such as @, / and # in its password as %40, %2F and %23."
        ) from None
    if not database or database.get("NAME") in {None, "", ":memory:"}:
        instead = "leave it out for SQLite" if name == "DATABASE_URL" else "sqlite:////path/of/file"
        raise ImproperlyConfigured(
            f"{name} names no database that this site works with. Give postgres://user:password@host/name, "
            f"or {instead}."
        )
    if database["ENGINE"].endswith("sqlite3"):
        path = base / database["NAME"]
        database["NAME"] = str(path)
        made_folder(path.parent, name)
        _refuse_shared_file(path)
    return database


def _refuse_shared_file(path: Path) -> None:
    """SQLite is for one machine."""
    hosts = number("WEB_HOSTS", 1, least=1)
    if hosts > 1:
        raise ImproperlyConfigured(
            f"WEB_HOSTS is {hosts}, and the database is SQLite, a file of one machine. Set DATABASE_URL to PostgreSQL."
        )
    kind = _file_system(path.resolve())
    if kind in NETWORK_FILES:
        raise ImproperlyConfigured(
            f"The database is SQLite, and {path} lies on a network file system ({kind}), which would damage it. "
            "Set DATA_DIR to a folder on this machine's own disk, or DATABASE_URL to PostgreSQL."
        )


def _file_system(path: Path) -> str:
    """Return the kind of file system that `path` lies on; empty where this system does not say."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    holding = [(len(folder), kind) for folder, kind in mounts if path.is_relative_to(folder)]
    return max(holding, default=(0, ""))[1]


def _kept_key(path: Path) -> str:
    """Return the key in the file at `path`, making the file, for its owner only, on the first use."""
    try:
        return _read_key(path) or _make_key(path)
    except (OSError, UnicodeDecodeError) as fault:
        problem = getattr(fault, "strerror", "") or "it is no text"
        raise ImproperlyConfigured(f"The site's key {path} cannot be read or made: {problem}. {whose(path)}") from None


def _read_key(path: Path) -> str:
    """Return the key in that file; empty where there is none."""
    if not path.exists():
        return ""
    keep_private(path)
    return path.read_text(encoding="ascii").strip()


def _make_key(path: Path) -> str:
    """Write a new key and return it, or the one that another process has written meanwhile."""
    # Made for its owner alone.
    with NamedTemporaryFile("w", dir=path.parent, prefix="secret_key.", encoding="ascii") as draft:
        draft.write(secrets.token_urlsafe(60))
        draft.flush()
        try:
            # A link, not a rename: of two processes that start at once the first one's key stands.
            os.link(draft.name, path)
        except FileExistsError:
            if not _read_key(path):
                # Left empty by a disk that was full or a machine that went down.
                path.unlink(missing_ok=True)
                os.link(draft.name, path)
    return _read_key(path)
