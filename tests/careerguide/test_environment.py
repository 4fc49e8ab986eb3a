"""Settings from the environment: safe defaults, and refusals that name the variable."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings


def check(tmp_path, **variables):
    """Start Django in a process of its own with these variables and print a few settings."""
    names = "SITE_URL, settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_NAME, settings.SECURE_SSL_REDIRECT"
    code = f"import django; django.setup(); from django.conf import settings; print(settings.{names})"
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment | variables,
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
    result = check(tmp_path, SITE_URL="https://guides.example.org", SECRET_KEY="x" * 50)
    assert "['guides.example.org'] __Host-session True" in result.stdout
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SITE_URL": "https://guides.example.org"}, "SECRET_KEY is not set"),
        ({"SITE_URL": "guides.example.org"}, "SITE_URL is 'guides.example.org'"),
        ({"SITE_URL": "https://guides.example.org/below/"}, "SITE_URL is"),
        ({"SITE_URL": "http://127.0.0.1:port"}, "SITE_URL is"),
        ({"SITE_URL": "https://guides.example.org", "SECRET_KEY": "x" * 50, "DEBUG": "1"}, "DEBUG is on"),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'"),
    ],
)
def test_a_wrong_setup_is_refused_by_name(tmp_path, variables, named):
    result = check(tmp_path, **variables)
    assert result.returncode != 0
    assert named in result.stderr
