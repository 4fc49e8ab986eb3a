"""Reading settings from the environment: safe defaults, and errors that name the variable."""

import os
import secrets
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DATABASES = {"sqlite", "postgres", "postgresql"}
# Where several machines see the same files: SQLite's locks do not reach from one to the other.
NETWORK_FILES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs"}


def flag(name, default=False):
    """Return the variable `name` as true or false; unset means `default`."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "default"}:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'. Set it to 1 or 0.")


def number(name, default):
    """Return the variable `name` as a whole number from 0 on; unset means `default`."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is '{value}'. Set it to a whole number from 0 on.")
    return int(value)


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


def words(name: str) -> list[str]:
    """Return the words of the variable `name`, which commas or spaces part; unset means none."""
    return os.environ.get(name, "").replace(",", " ").split()


def site_url():
    """Return SITE_URL taken apart: how readers reach the site. Unset, it is this machine alone."""
    url = os.environ.get("SITE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    parts = urlsplit(url)
    try:
        valid = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        valid = False
    if not valid or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL is '{url}'. Give scheme and host, such as https://guides.example.org.")
    return parts


def secret_key(site, folder):
    """Return SECRET_KEY, or for a site on this machine alone the key kept in `folder` (made if missing)."""
    key, is_public = os.environ.get("SECRET_KEY"), site.hostname not in LOOPBACK
    if is_public and (not key or len(key) < 50 or len(set(key)) < 10):
        problem = "easy to guess" if key else "not set"
        raise ImproperlyConfigured(
            f"SECRET_KEY is {problem}, and SITE_URL ({site.geturl()}) is public. "
            "Set it to 50 or more random characters."
        )
    return key or _kept_key(Path(folder) / "secret_key")


def proxy_address():
    """Return PROXY_ADDRESS, the address of the proxy in front, or an empty string where there is none."""
    value = os.environ.get("PROXY_ADDRESS", "").strip()
    try:
        return str(ip_address(value)) if value else ""
    except ValueError:
        raise ImproperlyConfigured(
            f"PROXY_ADDRESS is '{value}'. Give the proxy's IP address as this site sees it, such as 127.0.0.1."
        ) from None


def database(default):
    """Return Django's settings of the database that DATABASE_URL names, else of `default`, for as many WEB_HOSTS."""
    url = os.environ.get("DATABASE_URL") or default
    # The address may hold a password, so no message repeats it.
    if urlsplit(url).scheme not in DATABASES:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database that this site works with. Give postgres://user:password@host/name, "
            "or leave it out for SQLite."
        )
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write signs such as @, / and # in its password as %40, %2F and %23."
        ) from None
    if found["ENGINE"].endswith("sqlite3"):
        _refuse_shared_file(found["NAME"])
    return found


def _refuse_shared_file(path):
    """SQLite is for one machine."""
    hosts = number("WEB_HOSTS", 1)
    if hosts > 1:
        raise ImproperlyConfigured(
            f"WEB_HOSTS is {hosts}, and the database is SQLite, a file of one machine. Set DATABASE_URL to PostgreSQL."
        )
    kind = _file_system(Path(path).resolve())
    if kind in NETWORK_FILES:
        raise ImproperlyConfigured(
            f"The database is SQLite, and {path} lies on a network file system ({kind}), which would damage it. "
            "Set DATA_DIR to a folder on this machine's own disk, or DATABASE_URL to PostgreSQL."
        )


def _file_system(path):
    """Return the kind of file system that `path` lies on; empty where this system does not say."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    holding = [(len(folder), kind) for folder, kind in mounts if path.is_relative_to(folder)]
    return max(holding, default=(0, ""))[1]


def _kept_key(path):
    """Return the key in the file at `path`, making the file, for its owner only, on the first use."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(60))
    try:
        # A link, not a rename: of two processes that start at once the first one's key stands.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
