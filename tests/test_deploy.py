"""The files for hosting: what programs that read them say, as far as they are installed, and that names agree."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.core.management import get_commands

DEPLOY = settings.BASE_DIR / "deploy"
README = (settings.BASE_DIR / "README.md").read_text()


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["install.sh", "start.sh"])
def test_scripts_are_valid_shell(name):
    result = run("bash", "-n", str(DEPLOY / name))
    assert result.returncode == 0, result.stderr


def test_the_example_names_settings_that_the_readme_explains():
    names = re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "careerguide.env.example").read_text(), re.MULTILINE)
    assert {"SITE_URL", "SECRET_KEY", "DATABASE_URL"} <= set(names)
    for name in names:
        assert f"`{name}`" in README, name


def test_every_timer_runs_a_command_that_exists():
    timers = [path.stem.partition("@")[2] for path in DEPLOY.glob("careerguide-task@*.timer")]
    assert timers
    assert set(timers) <= set(get_commands())
    assert "backup" in get_commands()


def test_what_the_files_build_on_is_in_the_makefile():
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    for name in ("install.sh", "Containerfile"):
        for target in re.findall(r"make (\S+)", (DEPLOY / name).read_text()):
            if "/" in target:
                assert f"{target}:" in makefile


def test_nginx_takes_its_file(tmp_path):
    if not shutil.which("nginx") or not shutil.which("openssl"):
        pytest.skip("nginx's file is not checked: install nginx and openssl (Debian: apt install nginx openssl).")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=guides.example.org", "-keyout", str(key), "-out", str(certificate)]
    assert run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject).returncode == 0
    site = (DEPLOY / "nginx.conf").read_text()
    site = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", site)
    site = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificate};", site)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off;\n{site}\n}}")
    result = run("nginx", "-t", "-c", str(whole))
    assert result.returncode == 0, result.stderr
