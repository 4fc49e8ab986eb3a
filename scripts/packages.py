"""Install the locked packages into .venv: `make` runs this with the system's Python, whatever its age.

    python3 scripts/packages.py run     # what the site needs
    python3 scripts/packages.py dev     # what tests and tools need beside it

A .venv counts only once everything is in it, which a mark of its own says. One without a mark was interrupted, and one
that was moved or whose Python is gone cannot run: both are made anew.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Each holds the ones before it.
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
OLDEST = (3, 11)


def main(level: str) -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            "Careerguide needs Python 3.11 or newer, and {} is {}.{}. Name a newer one, such as "
            "make run PYTHON=python3.12".format(sys.executable, *sys.version_info[:2])
        )
    from careerguide import startup

    with startup.in_one_sentence():
        startup.become_owner(VENV)
        with startup.turn(ROOT) as turn:
            if not is_complete(level):
                install(level, turn)


def mark(level: str) -> Path:
    return VENV / f".{level}"


def place() -> str:
    """Where .venv is and what made it: its programs work nowhere else."""
    return "Python {}.{} in {}".format(*sys.version_info[:2], VENV.resolve())


def state(level: str) -> str:
    """What the mark of that level says once everything of the present lock is there."""
    return f"{place()}\n{hashlib.sha256(LOCKS[level].read_bytes()).hexdigest()}\n"


def is_complete(level: str) -> bool:
    levels = list(LOCKS)[list(LOCKS).index(level) :]
    return PYTHON.exists() and any(mark(each).exists() and mark(each).read_text() == state(each) for each in levels)


def is_sound() -> bool:
    """Whether an earlier installation was finished and can still run, so that pip only has to bring it up to date."""
    said = [mark(level).read_text() for level in LOCKS if mark(level).exists()]
    # A mark of an older release says nothing.
    return PYTHON.exists() and any(not text or text.startswith(f"{place()}\n") for text in said)


def install(level: str, turn: int) -> None:
    sound = is_sound()
    if not sound and not has_venv():
        sys.exit(
            f"{sys.executable} cannot make virtual environments. Install what is missing "
            "(Debian and Ubuntu, as root: apt install python3-venv), then run the same command again."
        )
    for each in LOCKS:
        mark(each).unlink(missing_ok=True)
    print(f"Installing the locked packages into {VENV.name}: a minute or two.", flush=True)
    if not sound:
        # Not the Python of an activated .venv, which is about to go.
        run([os.path.realpath(sys.executable), "-m", "venv", "--clear", str(VENV)], turn)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
    run([*pip, "-r", str(LOCKS[level])], turn)
    mark(level).write_text(state(level))


def has_venv() -> bool:
    """Debian ships venv without what it needs to bring pip along."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def run(command: list[str], turn: int) -> None:
    """Run a step of the installation, which is part of our turn even where it outlives us.

    What it says of a failure stands above our sentence.
    """
    if subprocess.run(command, pass_fds=[turn], check=False).returncode:  # noqa: S603
        free = shutil.disk_usage(ROOT).free / 1e9
        sys.exit(
            "The packages are not installed; the reason stands above. Check the network and the disk "
            f"({free:.1f} GB are free), then run the same command again: it starts anew."
        )


if __name__ == "__main__":
    main(sys.argv[1])
