"""The files for hosting: what programs that read them say, as far as they are installed, and that names agree."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from careerguide import outage
from guides import picture_files
from guides.admin import pictures
from guides.plan import room
from guides.toolkit.resume import jsonresume

from .addresses import every_address
from .faults import nginx
from .installed import need_nginx

DEPLOY = settings.BASE_DIR / "deploy"
HOSTING = (settings.BASE_DIR / "docs" / "hosting.md").read_text()


@pytest.mark.parametrize("name", ["install.sh", "manage.sh", "start.sh"])
def test_scripts_are_valid_shell(name):
    result = nginx.run("bash", "-n", str(DEPLOY / name))
    assert result.returncode == 0, result.stderr


def test_the_example_names_settings_that_the_docs_explain():
    names = re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "careerguide.env.example").read_text(), re.MULTILINE)
    assert {"SITE_URL", "SECRET_KEY", "DATABASE_URL"} <= set(names)
    for name in names:
        assert f"`{name}`" in HOSTING, name


def test_every_service_runs_a_command_that_exists():
    units = "".join(path.read_text() for path in DEPLOY.glob("*.service"))
    commands = re.findall(r"manage\.py (\w+)", units)
    assert commands
    assert set(commands) <= set(get_commands())


def test_every_timer_has_its_service():
    timers = {path.stem for path in DEPLOY.glob("*.timer")}
    assert timers <= {path.stem for path in DEPLOY.glob("*.service")}


def test_what_the_files_build_on_is_in_the_makefile():
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    for name in ("install.sh", "Containerfile"):
        for target in re.findall(r"make (\S+)", (DEPLOY / name).read_text()):
            if "/" in target:
                assert f"{target}:" in makefile


def test_nginx_takes_its_file(tmp_path):
    need_nginx()
    result = nginx.run("nginx", "-t", "-e", str(tmp_path / "errors"), "-c", str(nginx.write(tmp_path)))
    assert result.returncode == 0, result.stderr


def test_every_start_leaves_a_thread_to_stored_pages():
    files = ["deploy/careerguide.service", "deploy/start.sh", "scripts/run.py"]
    counts = [re.search(r'--blocking-threads"?,? "?(\d+)', (settings.BASE_DIR / name).read_text()) for name in files]
    assert {int(match[1]) for match in counts} == {outage.PLACES + outage.WAITING + 1}


def body_limits() -> dict[str, int]:
    """How many bytes nginx lets through to the site: to each place that has a limit of its own, and to all others."""
    text = (DEPLOY / "nginx.conf").read_text()
    blocks = re.findall(r"^    location =? ?(\S+) \{\n(.*?)^    \}", text, re.MULTILINE | re.DOTALL)
    blocks.append(("", re.sub(r"^ {8}.*\n", "", text, flags=re.MULTILINE)))
    limits = {place: re.search(r"client_max_body_size (\d+)m;", block) for place, block in blocks}
    return {place: int(match[1]) * 2**20 for place, match in limits.items() if match}


def test_nginx_lets_through_what_the_site_takes():
    limits = body_limits()
    most = {f"/{address.route}": getattr(address.view, "most_bytes", 0) for address in every_address()}
    assert {route for route, size in most.items() if size > limits[""]} == {
        "/plan/import/",
        "/admin/guides/picture/add/",
        "/admin/guides/picture/<path:object_id>/change/",
    }
    assert set(limits) == {"", "/plan/import/", "/admin/guides/picture/"}
    assert limits["/admin/guides/picture/"] > pictures.MOST_BYTES > picture_files.MOST_BYTES
    assert limits["/plan/import/"] > most["/plan/import/"] > room.MOST_BYTES
    assert limits[""] > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    # A page of the toolkit with the file that it takes.
    form, file = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, jsonresume.LARGEST_FILE
    assert form + file < settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def test_the_pages_that_nginx_shows_have_every_file_that_they_name(tmp_path):
    call_command("write_error_pages", str(tmp_path), stdout=StringIO())
    pages = [path.read_text() for path in (tmp_path / "error-pages").iterdir()]
    named = {name for page in pages for name in re.findall(r"/static/([^\"\s]+)", page)}
    assert {name.rpartition(".")[2] for name in named} == {"css", "svg"}
    assert [name for name in sorted(named) if not (tmp_path / "static" / name).is_file()] == []


def test_nginx_writes_no_addresses_down():
    """A query may hold a plan's key or what somebody looks for."""
    servers = (DEPLOY / "nginx.conf").read_text().split("server {")[1:]
    assert servers
    assert all("access_log off;" in server for server in servers)
