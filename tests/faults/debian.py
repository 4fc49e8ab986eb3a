"""A fresh Debian of its own, with systemd running, to set the site up in."""

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path

from tests.guides.processes import ROOT, children

PACKAGES = "systemd,systemd-sysv,dbus,ca-certificates,curl,openssl,procps"
# What does not come with a clone.
NOT_CLONED = shutil.ignore_patterns(".git", ".venv", "var", "node_modules", "__pycache__", ".*_cache", "test-results")


def bootstrap(folder: Path, *options: str) -> None:
    """Make a bare Debian 12 in a folder; it finds the network's names as this machine does."""
    said = subprocess.run(
        ["debootstrap", "--variant=minbase", *options, "bookworm", str(folder)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout[-2000:]
    for name in ("resolv.conf", "hosts"):
        (folder / "etc" / name).unlink(missing_ok=True)
        shutil.copy(f"/etc/{name}", folder / "etc" / name)


class Debian:
    """A Debian 12 with the project in /opt/careerguide, running inside a `with` block; it shares our network."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def __enter__(self):
        bootstrap(self.folder, f"--include={PACKAGES}")
        shutil.copytree(ROOT, self.folder / "opt" / "careerguide", ignore=NOT_CLONED, symlinks=True)
        options = ["--register=no", "--keep-unit", "--resolv-conf=off", "--console=pipe", "--quiet", "--boot"]
        # Certificates that this machine trusts are trusted there.
        bound = "--bind-ro=/etc/ssl/certs"
        self.log = (self.folder.parent / "debian.log").open("w")
        self.process = subprocess.Popen(
            ["systemd-nspawn", *options, bound, f"--directory={self.folder}"],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.wait_until_running()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait_until_running(self, patience=60):
        """Wait until systemd has started everything."""
        ends = time.monotonic() + patience
        while self.run("systemctl", "is-system-running", check=False) not in {"running", "degraded"}:
            assert self.process.poll() is None, "systemd-nspawn has ended"
            assert time.monotonic() < ends, "systemd does not start"
            time.sleep(0.2)

    def __exit__(self, *error):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=60)
        self.process.kill()
        self.process.wait()
        self.log.close()
        # Half a gigabyte.
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command, check=True):
        """Run a command there, as root, and return what it says."""
        _nspawn, *below = children(self.process.pid)
        if not below:
            return ""
        spaces = ["--mount", "--uts", "--ipc", "--pid", "--cgroup", "--root", "--wd"]
        environment = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        environment |= {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
        said = subprocess.run(
            ["nsenter", f"--target={below[0]}", *spaces, *command],  # noqa: S607
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or said.returncode == 0, f"{command}:\n{said.stdout[-3000:]}\n{said.stderr[-3000:]}"
        return said.stdout.strip()
