"""What commands do first: in an installation they take its settings and become its user, wherever they are run."""

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.installed import need_root

NOBODY, SOMEBODY = 65_534, 65_533
SAY = (
    "import os; from django.conf import settings; from django.db import connection; connection.ensure_connection(); "
    "print(settings.SITE_URL, settings.DATABASES['default']['NAME'], os.geteuid(), os.getgroups())"
)
SETTINGS = """
# As systemd reads it.
SITE_URL="https://guides.example.org"
SECRET_KEY={key}
; Quotes of either kind, and none.
DATA_DIR='{data}'
  WORKERS=3
DATABASE_URL=
"""


class Installation:
    """The project's code in a folder of its own, with the settings of an installation and a folder for its data."""

    def __init__(self, folder: Path):
        folder.chmod(0o755)
        self.folder, self.data, self.file = folder / "site", folder / "data", folder / "careerguide.env"
        self.folder.mkdir()
        self.data.mkdir(mode=0o700)
        for path in settings.BASE_DIR.iterdir():
            if path.name == "careerguide":
                shutil.copytree(path, self.folder / path.name)
            elif path.name == "manage.py":
                shutil.copy(path, self.folder)
            elif path.name not in {"var", "settings.env"}:
                (self.folder / path.name).symlink_to(path)
        self.write(SETTINGS.format(key="0123456789abcdef" * 4, data=self.data))
        (self.folder / "settings.env").symlink_to(self.file)

    def write(self, text: str) -> None:
        self.file.write_text(text)

    def run(self, *arguments: str, user: int | None = None, **variables: str) -> subprocess.CompletedProcess:
        """Run manage.py as cron does: from elsewhere and with hardly a variable."""
        packages = {"PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [python_for_everyone(), str(self.folder / "manage.py"), *arguments],
            env={"PATH": "/usr/bin:/bin", "HOME": "/root"} | packages | variables,
            cwd="/",
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            capture_output=True,
            text=True,
            check=False,
        )


def python_for_everyone() -> str:
    """A Python of our version that other accounts may run too, if there is one."""
    for python in (Path(sys.executable).resolve(), Path(f"/usr/bin/python3.{sys.version_info[1]}")):
        if python.exists() and all(folder.stat().st_mode & stat.S_IXOTH for folder in python.parents):
            return str(python)
    return sys.executable


@pytest.fixture
def installation():
    folder = Path(tempfile.mkdtemp(prefix="careerguide-installation."))
    yield Installation(folder)
    shutil.rmtree(folder)


def test_a_command_takes_the_settings_of_the_installation_it_belongs_to(installation):
    said = installation.run("shell", "--no-imports", "-c", SAY)
    database = installation.data / "careerguide.sqlite3"
    assert said.stdout.startswith(f"https://guides.example.org {database} "), said.stderr
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert not (installation.folder / "var").exists()
    # What the environment says comes first, as systemd's own settings do.
    assert "WORKERS is '0'" in installation.run("check", WORKERS="0").stderr


@pytest.mark.parametrize("line", ["secret", "export A=secret", "A=sec\\ret", "A='secret", "A='sec'ret'", "1=secret"])
def test_a_line_that_systemd_would_read_otherwise_is_refused_by_its_number(installation, line):
    installation.write(f"# One\n{line}\n")
    refused = installation.run("check")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"Line 2 of {installation.file}" in refused.stderr
    assert "secret" not in refused.stderr


def test_root_goes_on_as_the_sites_user_and_others_are_told_so(installation):
    need_root()
    os.chown(installation.data, NOBODY, NOBODY)
    installation.file.chmod(0o640)
    said = installation.run("shell", "--no-imports", "-c", SAY)
    assert f" {NOBODY} " in said.stdout, said.stderr
    assert " 0" not in said.stdout.replace(",", " ").replace("[", " "), "no group of root's"
    database = installation.data / "careerguide.sqlite3"
    assert (database.stat().st_uid, stat.S_IMODE(database.stat().st_mode)) == (NOBODY, 0o600)
    refused = installation.run("check", user=SOMEBODY)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.endswith("which you may not read. Run it as root.\n")
    installation.file.chmod(0o644)
    refused = installation.run("migrate", user=SOMEBODY)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"belongs to nobody, and you are user {SOMEBODY}: run this as nobody." in refused.stderr
