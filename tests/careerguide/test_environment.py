"""Settings from the environment: safe defaults, and refusals that name the variable."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from careerguide import environment

# As `openssl rand` would give it.
KEY = "0123456789abcdef" * 4


def check(tmp_path, **variables):
    """Start Django in a process of its own with these variables and print a few settings."""
    names = "SITE_URL, settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_NAME, settings.SECURE_SSL_REDIRECT"
    code = f"import django; django.setup(); from django.conf import settings; print(settings.{names})"
    own = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=own | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_any_variable_it_serves_this_machine_with_a_kept_key(tmp_path):
    result = check(tmp_path)
    assert result.returncode == 0, result.stderr
    assert "http://127.0.0.1:8000" in result.stdout
    key = tmp_path / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    first = key.read_text()
    check(tmp_path)
    assert len(first) > 60
    assert key.read_text() == first


def test_https_turns_on_what_belongs_to_it(tmp_path):
    result = check(tmp_path, SITE_URL="https://guides.example.org", SECRET_KEY=KEY)
    assert "['guides.example.org'] __Host-session True" in result.stdout
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SITE_URL": "https://guides.example.org"}, "SECRET_KEY is not set"),
        ({"SITE_URL": "guides.example.org"}, "SITE_URL is 'guides.example.org'"),
        ({"SITE_URL": "https://guides.example.org/below/"}, "SITE_URL is"),
        ({"SITE_URL": "http://127.0.0.1:port"}, "SITE_URL is"),
        ({"SITE_URL": "https://guides.example.org", "SECRET_KEY": "x" * 50}, "SECRET_KEY is easy to guess"),
        ({"SITE_URL": "https://guides.example.org", "SECRET_KEY": KEY[:49]}, "SECRET_KEY is easy to guess"),
        ({"SITE_URL": "https://guides.example.org", "SECRET_KEY": KEY, "DEBUG": "1"}, "DEBUG is on"),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'"),
        ({"WEB_HOSTS": "2"}, "WEB_HOSTS is 2, and the database is SQLite"),
        ({"WEB_HOSTS": "two"}, "WEB_HOSTS is 'two'"),
        ({"PROXY_ADDRESS": "nginx"}, "PROXY_ADDRESS is 'nginx'"),
        ({"TIME_ZONE": "Chicago"}, "TIME_ZONE is 'Chicago'. Give a name such as America/Chicago"),
        ({"TIME_ZONE": "../etc"}, "TIME_ZONE is '../etc'"),
        ({"CLOCK": "noon"}, "CLOCK is 'noon'"),
        ({"DATABASE_URL": "mysql://user:secret@host/name"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "postgres://user:a/b@host:x/name"}, "DATABASE_URL cannot be read"),
    ],
)
def test_a_wrong_setup_is_refused_by_name(tmp_path, variables, named):
    result = check(tmp_path, **variables)
    assert result.returncode != 0
    assert named in result.stderr


def test_a_command_says_a_wrong_setup_in_one_sentence(tmp_path):
    own = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SITE_URL": "https://guides.example.org"}
    command = [sys.executable, "manage.py", "migrate"]
    result = subprocess.run(command, env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Not started. SECRET_KEY is not set")
    assert result.stderr.count("\n") == 1


def test_sqlite_on_a_network_file_system_is_refused(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(environment, "_file_system", lambda path: "nfs4")
    with pytest.raises(ImproperlyConfigured, match="network file system"):
        environment.database("sqlite:////srv/shared/careerguide.sqlite3")
