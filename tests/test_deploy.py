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
from .containerfile import Containerfile, Ignored, read
from .faults import nginx
from .installed import need_nginx

DEPLOY = settings.BASE_DIR / "deploy"
HOSTING = (settings.BASE_DIR / "docs" / "hosting.md").read_text()


@pytest.mark.parametrize("name", sorted(path.name for path in DEPLOY.glob("*.sh")))
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
    targets = re.findall(r"^make (\S+)$", (DEPLOY / "build.sh").read_text(), re.MULTILINE)
    assert targets == [".venv/.run"]
    assert all(f"{target}:" in makefile for target in targets)


def test_a_container_is_made_and_started_as_a_machine_is():
    install, file = (DEPLOY / "install.sh").read_text(), container()
    assert file.base.endswith("/debian:bookworm-slim"), "the Debian 12 that install.sh and its test are for"
    installed = [re.search(r"--no-install-recommends\s(.*?)( &&|$)", text, re.MULTILINE) for text in (install, steps())]
    machine, image = [set(match[1].split()) for match in installed if match]
    assert machine - image == {"nginx"}, "the proxy in front has a place of its own"
    assert image - machine == {"ca-certificates", "postgresql-client", "tini"}, (
        "what a machine has or is told to install"
    )
    for script in ("deploy/build.sh", "deploy/prepare.sh"):
        assert f"\n{script}\n" in install
    assert "deploy/build.sh" in steps()
    assert "\ndeploy/prepare.sh\n" in (DEPLOY / "start.sh").read_text()
    assert file.command == ["deploy/start.sh"]


def test_a_container_serves_with_the_options_that_a_machine_has():
    machine, image = (options((DEPLOY / name).read_text()) for name in ("careerguide.service", "start.sh"))
    assert {name for name in machine if machine[name] != image.get(name)} == {
        "--host",
        "--port",
        "--workers",
        "--workers-kill-timeout",
    }
    assert set(image) == set(machine)
    assert int(image["--workers-kill-timeout"]) < 10, "podman and docker wait so long"


def test_a_container_is_set_up_by_what_the_docs_list():
    file, text = container(), (DEPLOY / "start.sh").read_text()
    names = {*file.environment, *re.findall(r"\$\{(\w+)", text + (DEPLOY / "healthy.sh").read_text())}
    assert names == {"DATA_DIR", "PORT", "WORKERS"}
    assert [name for name in names if f"`{name}`" not in HOSTING] == []
    example = (DEPLOY / "careerguide.env.example").read_text()
    assert f"\nDATA_DIR={file.environment['DATA_DIR']}\n" in example
    assert (file.volumes, file.ports) == ([file.environment["DATA_DIR"]], ["8000"])
    defaults = set(re.findall(r"\$\{PORT:-(\d+)\}", text + (DEPLOY / "healthy.sh").read_text()))
    assert defaults == set(file.ports)


def test_a_container_is_not_root_and_its_health_needs_no_database():
    file = container()
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", file.user), "a number, so that a host can tell that it is not root"
    assert file.health
    script = (settings.BASE_DIR / file.health.command[0]).read_text()
    assert re.findall(r"/(\w+)z\b", script) == ["health"]
    assert file.health.retries * file.health.interval >= 90, "a busy minute is no reason to start anew"


def test_an_image_holds_the_code_that_is_the_projects_and_nothing_else():
    said = nginx.run("git", "-C", str(settings.BASE_DIR), "ls-files")
    if said.returncode:
        pytest.skip("This is no clone: what belongs to the project is not known.")
    ignored = Ignored((settings.BASE_DIR / ".dockerignore").read_text())
    owned = set(said.stdout.splitlines())
    assert {path.partition("/")[0] for path in owned if path in ignored} == {
        *(".ci", ".dockerignore", ".editorconfig", ".gitignore", "benchmarks", "docs", "package-lock.json", "tests"),
        *("CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "package.json", "requirements-dev.txt"),
    }
    private = ["var/secret_key", "settings.env", ".venv/bin/python", ".git/config", "newest.backup", ".env"]
    assert [path for path in private if path not in ignored] == []


def container() -> Containerfile:
    """deploy/Containerfile, as a builder reads it."""
    return read((DEPLOY / "Containerfile").read_text())


def steps() -> str:
    """What it runs while it is built, a command a line."""
    return "\n".join(re.sub(r"\s+", " ", step.arguments[-1]) for step in container().steps)


def options(text: str) -> dict[str, str]:
    """The options of granian as a file gives them, each with its value; flags have none."""
    line = re.search(r"granian (.*) careerguide\.wsgi:application", text.replace("\\\n", " "))
    assert line
    return dict(re.findall(r"(--[\w-]+)(?: (?!--)(\S+))?", line[1]))


@pytest.mark.parametrize("hosts", [None, ["192.0.2.11"], ["192.0.2.11", "192.0.2.12", "[2001:db8::3]"]])
def test_nginx_takes_its_file(tmp_path, hosts):
    need_nginx()
    site = hosts and nginx.run(str(DEPLOY / "balancer.sh"), nginx.NAME, *hosts).stdout
    assert not hosts or {*re.findall(r"^    server (\S+):8000 ", site, re.MULTILINE)} == {*hosts}
    result = nginx.run("nginx", "-t", "-e", str(tmp_path / "errors"), "-c", str(nginx.write(tmp_path, site=site)))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Name the site and the addresses of its hosts"),
        ([nginx.NAME], "Name the site and the addresses of its hosts"),
        (["https://guides.example.org/", "192.0.2.11"], "'https://guides.example.org/' is no name of a site."),
        ([nginx.NAME, "192.0.2.11", "two;"], "'two;' is no address of a host"),
    ],
)
def test_the_balancers_file_is_refused_in_a_sentence(words, said):
    result = nginx.run(str(DEPLOY / "balancer.sh"), *words)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(said)


def test_every_start_leaves_a_thread_to_stored_pages():
    files = ["deploy/careerguide.service", "deploy/start.sh", "scripts/run.py"]
    counts = [re.search(r'--blocking-threads"?,? "?(\d+)', (settings.BASE_DIR / name).read_text()) for name in files]
    waiting = outage.ASKING + outage.SAVING + outage.MAKING
    assert {int(match[1]) for match in counts} == {outage.PLACES + outage.SENDING + waiting + 1}


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
