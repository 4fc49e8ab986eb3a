"""The virtual environment: whole or made anew, whatever was interrupted, moved or missing before."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.guides.processes import children

PYTHON = os.path.realpath(sys.executable)
# What a Debian without python3-venv lacks.
WITHOUT_VENV = "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['packages.py', 'run']; "


@pytest.fixture
def project(tmp_path):
    """A project of no packages, in a folder whose name has a space."""
    folder = tmp_path / "my site"
    (folder / "scripts").mkdir(parents=True)
    (folder / "careerguide").mkdir()
    for name in ("scripts/packages.py", "careerguide/__init__.py", "careerguide/startup.py", "Makefile"):
        shutil.copy(settings.BASE_DIR / name, folder / name)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).write_text("# nothing\n")
    return folder


def install(project: Path) -> subprocess.CompletedProcess:
    command = [PYTHON, "scripts/packages.py", "run"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def install_without_venv(project: Path) -> subprocess.CompletedProcess:
    code = f"{WITHOUT_VENV} runpy.run_path('scripts/packages.py', run_name='__main__')"
    return subprocess.run([PYTHON, "-c", code], cwd=project, capture_output=True, text=True, check=False)


def leave_half_made(project: Path) -> Path:
    """Leave what `python3 -m venv` leaves behind on Debian; return a file in it that has to go."""
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(PYTHON)
    rest = project / ".venv" / "rest"
    rest.touch()
    return rest


def works(project: Path) -> bool:
    pip = [project / ".venv" / "bin" / "python", "-m", "pip", "--version"]
    return subprocess.run(pip, capture_output=True, check=False).returncode == 0


def start(project: Path) -> subprocess.Popen:
    return subprocess.Popen([PYTHON, "scripts/packages.py", "run"], cwd=project, stdout=subprocess.PIPE, text=True)


def test_whatever_is_missing_or_interrupted_does_not_stand_in_the_way_afterwards(project):
    rest = leave_half_made(project)
    refused = install_without_venv(project)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "apt install python3-venv" in refused.stderr
    first = start(project)
    assert first.stdout.readline().startswith("Installing the locked packages")
    second = start(project)
    assert second.stdout.readline().startswith("Another process works in")
    while len(family := children(first.pid)) < 2 and first.poll() is None:
        time.sleep(0.01)
    for pid in reversed(family):
        os.kill(pid, signal.SIGKILL)
    first.communicate()
    assert first.returncode == -signal.SIGKILL
    assert second.communicate()[0].startswith("Installing the locked packages")
    assert second.returncode == 0
    assert works(project)
    assert not rest.exists()
    again = install(project)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    # Its programs name the folder that it was made in.
    moved = project.rename(project.with_name("moved"))
    assert "apt install python3-venv" in install_without_venv(moved).stderr


def test_without_any_python_it_says_so(project):
    # As from a shell: a make that is run by another (`make test`) would name the folders that it enters and leaves.
    shell = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    make = ["make", "run", "PYTHON="]
    refused = subprocess.run(make, cwd=project, env=shell, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert refused.stdout == (
        "Careerguide needs Python 3.11 or newer (Debian and Ubuntu, as root: apt install python3 python3-venv).\n"
    )
