"""deploy/Containerfile: its steps are run in a bare Debian, and what they make is started as docs/hosting.md says.

Only the long form does it, in the run on SQLite, where debootstrap, systemd-nspawn and PostgreSQL are installed.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.installed import need_debian

from .container import Container, Image
from .nginx import NAME
from .outage import PASSWORD
from .postgres import Cluster
from .site import free_port
from .test_install import eventually
from .visitor import Answer, Visitor

GUIDE = "/guides/library-technical-assistant/"
KEY = "0123456789abcdef" * 4
# What docs/hosting.md promises, with which podman and docker do without a limit of their own.
MOST_SECONDS_TO_STOP = 10
SETTINGS = {
    "SITE_URL": f"https://{NAME}",
    "SECRET_KEY": KEY,
    "PROXY_ADDRESS": "127.0.0.1",
    "BACKUP_DIR": "/var/lib/careerguide/backups",
    # Its minute of loading belongs to another test.
    "OFFICIAL_DATA": "0",
    "VISIT_LINKS": "0",
}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    need_debian()
    with Image(tmp_path_factory.mktemp("image") / "root") as image:
        yield image


def container(image: Image, data: Path, *bound: Path, **settings: str) -> Container:
    """A container with the settings of a public site, at a port that is free."""
    return Container(image, data, *bound, **(SETTINGS | {"PORT": str(free_port())} | settings))


def get(container: Container, path: str) -> Answer:
    """GET a page as the proxy in front would."""
    address = ("127.0.0.1", int(container.environment["PORT"]))
    return Visitor(address, Host=NAME, **{"X-Forwarded-Proto": "https"}).get(path)


def logins(container: Container) -> list[str]:
    """Who may sign in, asked in the container."""
    code = "from django.contrib.auth.models import User; print(*User.objects.values_list('username', flat=True))"
    return container.execute("careerguide", "shell", "--no-imports", "-c", code).stdout.split()


def test_the_image_holds_what_is_needed_and_nothing_of_whoever_built_it(image: Image) -> None:
    project = image.folder / image.file.folder.lstrip("/")
    assert sorted(path.name for path in project.iterdir() if path.name.startswith(".") or path.is_file()) == [
        ".venv",
        "LICENSE",
        "Makefile",
        "manage.py",
        "pyproject.toml",
        "requirements.txt",
    ]
    assert not list(project.rglob("*.sqlite3"))
    user = image.file.user.partition(":")[0]
    writable = ["find", str(image.folder), "-xdev", "-user", user, "-not", "-path", f"*{image.file.volumes[0]}"]
    assert subprocess.run(writable, capture_output=True, text=True, check=True).stdout == ""


def test_it_serves_does_what_is_due_stops_and_goes_on_with_the_same_data(image: Image, tmp_path: Path) -> None:
    data = image.volume(tmp_path / "data")
    with container(image, data) as first:
        print(f"{first.wait_until_healthy():6.1f} s  the first start")  # noqa: T201
        page = get(first, GUIDE)
        assert (page.status, "Library Technical Assistant" in page.text) == (200, True)
        assert get(first, "/readyz").text.startswith("ready")
        refuses_what_a_container_may_not(first)
        has_a_backup_that_can_be_brought_back(first)
        first.execute("env", f"DJANGO_SUPERUSER_PASSWORD={PASSWORD}", "careerguide", "make_editor", "--username=pat")
        seconds = first.stop()
        print(f"{seconds:6.1f} s  until it had stopped")  # noqa: T201
        assert seconds < MOST_SECONDS_TO_STOP
        assert first.process.returncode == 0, first.said()
    assert {json.loads(line)["path"] for line in first.said().splitlines() if '"method"' in line} >= {GUIDE}
    owner = int(image.file.user.partition(":")[0])
    assert {(path.stat().st_uid, path.stat().st_mode & 0o077) for path in data.iterdir()} == {(owner, 0)}
    with container(image, data) as again:
        print(f"{again.wait_until_healthy():6.1f} s  the next start")  # noqa: T201
        assert get(again, GUIDE).status == 200
        assert logins(again) == ["pat"], "who was made in the first one"


def has_a_backup_that_can_be_brought_back(running: Container) -> None:
    """The clock of its workers makes the day's backup; the programs for it are there."""
    backups = running.data / "backups"
    eventually(lambda: list(backups.glob("*.backup")), 300)
    (newest,) = backups.glob("*.backup")
    place = f"{running.environment['BACKUP_DIR']}/{newest.name}"
    assert "can be brought back" in running.execute("careerguide", "verify", place).stdout


def refuses_what_a_container_may_not(running: Container) -> None:
    """No root, no right of root, and nothing written but the site's data and what is temporary."""
    user, *rights = running.execute(
        "sh", "-c", "id -u; grep -E '^(CapPrm|CapEff|CapBnd)' /proc/1/status"
    ).stdout.split()
    assert user == running.image.file.user.partition(":")[0]
    assert rights[1::2] == ["0" * 16] * 3
    for place in ("/opt/careerguide", "/etc", "/usr/local/bin", "/var/log", "/root"):
        assert running.execute("touch", f"{place}/here", check=False).returncode, place
    for place in ("/tmp", running.image.file.volumes[0]):  # noqa: S108
        running.execute("sh", "-c", f"touch {place}/here && rm {place}/here")


def test_it_stops_at_once_while_it_starts(image: Image, tmp_path: Path) -> None:
    with container(image, image.volume(tmp_path / "data")) as starting:
        eventually(lambda: (tmp_path / "data" / "careerguide.sqlite3").exists(), 300)
        assert starting.stop() < MOST_SECONDS_TO_STOP
    with container(image, tmp_path / "data") as again:
        again.wait_until_healthy()
        assert get(again, GUIDE).status == 200


def test_it_serves_from_postgresql(image: Image, tmp_path: Path) -> None:
    with Cluster() as cluster:
        cluster.run("CREATE DATABASE careerguide")
        folder = Path(unquote(urlsplit(cluster.url).hostname or ""))
        # The server lets in whoever comes by its socket.
        folder.chmod(0o755)
        url = cluster.url.rpartition("/")[0] + "/careerguide"
        with container(image, image.volume(tmp_path / "data"), folder, DATABASE_URL=url) as running:
            running.wait_until_healthy()
            assert get(running, GUIDE).status == 200
            has_a_backup_that_can_be_brought_back(running)
            cluster.stop()
            answer = get(running, "/readyz")
            assert (answer.status, answer.text) == (503, "the database does not answer\n")
            assert running.is_healthy(), "no reason to end it: stored pages are still sent"
            cluster.start()
            eventually(lambda: get(running, "/readyz").status == 200)
            assert running.stop() < MOST_SECONDS_TO_STOP
        assert not list((tmp_path / "data").glob("*.sqlite3"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", f"http://{NAME}"),
        ("SECRET_KEY", ""),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/careerguide"),
        ("DATA_DIR", "/srv/careerguide"),
        ("WORKERS", "many"),
        ("PORT", "80000"),
        ("BACKUP_KEY", "short"),
        ("CLOCK", "perhaps"),
    ],
)
def test_a_wrong_setting_is_named(image: Image, tmp_path: Path, name: str, value: str) -> None:
    with container(image, image.volume(tmp_path / "data"), **{name: value}) as wrong:
        wrong.process.wait(timeout=300)
        assert wrong.process.returncode == 1
    # systemd-nspawn may have a line of its own.
    (sentence,) = [line for line in wrong.said().splitlines() if line.startswith(("Not started.", "Stopped."))]
    assert name in sentence
    assert "Traceback" not in wrong.said()
