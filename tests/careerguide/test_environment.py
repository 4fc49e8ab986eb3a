"""Settings from the environment: safe defaults, and refusals that name the variable and say what to do."""

import importlib.util
import os
import re
import stat

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ConnectionHandler
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from careerguide import environment

# As `openssl rand` would give it.
KEY = "0123456789abcdef" * 4
PUBLIC = {"SITE_URL": "https://guides.example.org", "SECRET_KEY": KEY}
EXPLAINED = (settings.BASE_DIR / "docs" / "hosting.md").read_text()
VARIABLES = set(re.findall(r"^\| `([A-Z_]+)` \|", EXPLAINED, re.MULTILINE))


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """Read the settings anew, as with these variables and no others: `settings_with(SITE_URL=...)`."""
    own = {name: value for name, value in os.environ.items() if name not in VARIABLES}

    def read(**variables):
        monkeypatch.setattr(os, "environ", own | {"DATA_DIR": str(tmp_path / "data")} | variables)
        path = settings.BASE_DIR / "careerguide" / "settings.py"
        spec = importlib.util.spec_from_file_location("careerguide.settings_anew", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return read


def test_without_any_variable_it_serves_this_machine_with_a_kept_key(settings_with, tmp_path):
    first = settings_with()
    assert first.SITE_URL == "http://127.0.0.1:8000"
    key = tmp_path / "data" / "secret_key"
    assert (stat.S_IMODE(key.parent.stat().st_mode), stat.S_IMODE(key.stat().st_mode)) == (0o700, 0o600)
    assert len(first.SECRET_KEY) > 60
    key.chmod(0o644)
    assert settings_with().SECRET_KEY == first.SECRET_KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.write_text("")  # the disk was full
    assert len(settings_with().SECRET_KEY) > 60
    assert [path.name for path in key.parent.iterdir()] == ["secret_key"]


def test_https_turns_on_what_belongs_to_it(settings_with, tmp_path):
    public = settings_with(**PUBLIC)
    assert public.ALLOWED_HOSTS == ["guides.example.org"]
    assert (public.SESSION_COOKIE_NAME, public.SECURE_SSL_REDIRECT) == ("__Host-session", True)
    assert not (tmp_path / "data" / "secret_key").exists()
    assert settings_with(**PUBLIC | {"SITE_URL": "https://[2001:db8::1]"}).ALLOWED_HOSTS == ["[2001:db8::1]"]


def test_places_are_read_as_below_the_project_whatever_folder_one_is_in(settings_with, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    relative = settings_with(DATA_DIR="var", BACKUP_DIR="var/backups", DATABASE_URL="sqlite:///var/my%20data")
    assert relative.DATA_DIR == settings.BASE_DIR / "var"
    places = {relative.BACKUP_DIR, relative.DATABASES["default"]["NAME"]}
    assert places == {f"{settings.BASE_DIR}/var/backups", f"{settings.BASE_DIR}/var/my data"}
    assert not list(tmp_path.iterdir())


FLAGS = ("DEBUG", "CLOCK", "LOG_REQUESTS", "OFFICIAL_DATA", "PAGE_COUNTS", "REQUIRE_SECOND_FACTOR")
REFUSED = [
    ({"SITE_URL": "https://guides.example.org"}, "SECRET_KEY is not set"),
    (PUBLIC | {"SECRET_KEY": "x" * 50}, "SECRET_KEY is easy to guess"),
    (PUBLIC | {"SECRET_KEY": KEY[:49]}, "SECRET_KEY is easy to guess"),
    (PUBLIC | {"DEBUG": "1"}, "DEBUG is on"),
    (PUBLIC | {"SITE_URL": "http://guides.example.org"}, "over http, passwords and plans travel open"),
    *(
        (PUBLIC | {"SITE_URL": url}, f"SITE_URL is '{url}'")
        for url in (
            "guides.example.org", "https://guides.example.org/below/", "https://guides.example.org?a=b", "https://",
            "https://*", "https://*.example.org", "https://.example.org", "https://guides.example.org.", "https://a b",
            "https://name:password@guides.example.org", "https://bücher.example", "https://guides.example.org:99999",
            "ftp://guides.example.org", "https://[::1", "https://guides_example.org", "'https://guides.example.org'",
        )
    ),
    ({"SITE_URL": "http://127.0.0.1:port"}, "SITE_URL is"),
    *(({name: "maybe"}, f"{name} is 'maybe'") for name in FLAGS),
    *(
        ({name: value}, f"{name} is '{value}'")
        for name in ("PORT", "WORKERS", "WEB_HOSTS")
        for value in ("0", "-1", "two", "1.5", "9" * 5_000)
    ),
    ({"PORT": "65536"}, "PORT is '65536'"),
    ({"PAGE_STORE_MB": "-1"}, "PAGE_STORE_MB is '-1'"),
    ({"WEB_HOSTS": "2"}, "WEB_HOSTS is 2, and the database is SQLite"),
    ({"PROXY_ADDRESS": "nginx"}, "PROXY_ADDRESS is 'nginx'"),
    *(({"LISTEN_ADDRESS": value}, f"LISTEN_ADDRESS is '{value}'") for value in ("", "everywhere", "127.0.0.1:8000")),
    ({"TIME_ZONE": "Springfield"}, "TIME_ZONE is 'Springfield'"),
    ({"TIME_ZONE": "../../etc/passwd"}, "TIME_ZONE is"),
    ({"EXTRA_APPS": "no_such_app"}, "EXTRA_APPS names 'no_such_app'"),
    ({"EXTRA_APPS": "../x"}, "EXTRA_APPS names '../x'"),
    ({"DATA_DIR": "/proc/x"}, "DATA_DIR names the folder /proc/x"),
    ({"DATA_DIR": "/proc/x", **PUBLIC}, "DATA_DIR names the folder /proc/x"),
    ({"DATA_DIR": "manage.py"}, "DATA_DIR names the folder"),
    ({"DATA_DIR": "a" * 300}, "DATA_DIR names the folder"),
    ({"DATABASE_URL": "sqlite:////proc/x/y.sqlite3"}, "DATABASE_URL names the folder /proc/x"),
    ({"DATABASE_URL": "mysql://user:secret@host/name"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": "postgres://user:secret@host"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": "secret"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": "postgres://user:secret/b@host:x/name"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://user:secret@[host/name"}, "DATABASE_URL cannot be read"),
    *(
        ({"MAIL_URL": url, "MAIL_FROM": "desk@example.org"}, "MAIL_URL cannot be read")
        for url in ("smtp:", "smtp://user:secret@[host", "smtp://user:secret@host:x", "secret", "http://secret/")
    ),
    ({"MAIL_URL": "file:/proc/x"}, "MAIL_URL names the folder /proc/x"),
    ({"MAIL_URL": "smtp://user:secret@host"}, "MAIL_FROM is not set, and MAIL_URL names a mail server"),
    ({"MAIL_FROM": "desk"}, "MAIL_FROM is 'desk'"),
    ({"MAIL_FROM": "a@b.example\nBcc: c@d.example"}, "MAIL_FROM is"),
]  # fmt: skip


@pytest.mark.parametrize(("variables", "expected"), REFUSED)
def test_a_wrong_setup_is_refused_by_name(settings_with, variables, expected):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(**variables)
    assert expected in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_mail_goes_where_the_variable_says(settings_with, tmp_path):
    here = settings_with()
    assert (here.EMAIL_BACKEND.split(".")[-2], here.SENDS_MAIL) == ("filebased", True)
    assert str(tmp_path / "data" / "mail") == here.EMAIL_FILE_PATH
    own = settings_with(MAIL_URL=f"file:{tmp_path}/my%20mail").EMAIL_FILE_PATH
    assert own == f"{tmp_path}/my mail"
    assert stat.S_IMODE(os.stat(own).st_mode) == 0o700
    public = settings_with(**PUBLIC)
    assert (public.EMAIL_BACKEND.split(".")[-2], public.SENDS_MAIL) == ("dummy", False)
    mail = {"MAIL_URL": "smtp://desk%40example.org:p%40ss@mail.example.org", "MAIL_FROM": "Desk <desk@example.org>"}
    smtp = settings_with(**PUBLIC | mail)
    assert (smtp.EMAIL_HOST, smtp.EMAIL_PORT) == ("mail.example.org", 587)
    assert (smtp.EMAIL_HOST_USER, smtp.EMAIL_HOST_PASSWORD) == ("desk@example.org", "p@ss")
    assert (smtp.EMAIL_USE_TLS, smtp.EMAIL_USE_SSL, smtp.SENDS_MAIL) == (True, False, True)
    smtps = settings_with(**PUBLIC | mail | {"MAIL_URL": "smtps://mail.example.org:4650"})
    assert (smtps.EMAIL_PORT, smtps.EMAIL_USE_TLS, smtps.EMAIL_USE_SSL) == (4650, False, True)
    assert not settings_with(**PUBLIC | mail | {"MAIL_URL": "smtp://127.0.0.1:25"}).EMAIL_USE_TLS
    assert settings_with(MAIL_URL="console:").EMAIL_BACKEND.endswith("console.EmailBackend")


@pytest.mark.parametrize("name", sorted(VARIABLES - {"DATA_DIR", "BACKUP_DIR"}))
@rules(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_a_variable_holds_is_taken_or_refused_by_name(settings_with, name, data):
    text = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=30)
    prefix = {"SITE_URL": "https://", "DATABASE_URL": "postgres://"}.get(name, "")
    value = data.draw(text | text.map(lambda rest: prefix + rest))
    if name == "DATABASE_URL" and value.startswith("sqlite"):
        return
    try:
        settings_with(**PUBLIC | {name: value})
    except ImproperlyConfigured as refusal:
        refused = str(refusal)
    else:
        return
    assert name in refused


def test_sqlite_on_a_network_file_system_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(environment, "_file_system", lambda path: "nfs4")
    with pytest.raises(ImproperlyConfigured, match="network file system"):
        environment.database(tmp_path, tmp_path / "careerguide.sqlite3")


@pytest.mark.django_db
def test_sqlites_files_are_for_their_owner_alone(tmp_path):
    path = tmp_path / "site.sqlite3"
    path.touch(mode=0o644)
    kept = tmp_path / "read-only"
    kept.touch(mode=0o444)
    environment.keep_private(kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o400
    kept.unlink()
    pragmas = {"init_command": "PRAGMA journal_mode=WAL"}
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": pragmas}
    connection = ConnectionHandler({"default": database})["default"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE letters (letter text)")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    connection.close()
    assert modes == {f"site.sqlite3{part}": 0o600 for part in ("", "-wal", "-shm")}
