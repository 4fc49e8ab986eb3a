"""An image made by the steps of deploy/Containerfile in a bare Debian, and containers of it: systemd-nspawn runs both.

A container is as docs/hosting.md starts it: its root cannot be written, it has no rights of root, and all that it keeps
is in one folder. It shares our network.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.containerfile import Containerfile, Health, Step, context, read
from tests.guides.processes import ROOT, children

from .debian import bootstrap

# What debootstrap makes is what that image is made of, with documentation and languages beside it.
BASE = "docker.io/library/debian:bookworm-slim"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# On a machine that is busy with other tests.
PATIENCE = 900
NSPAWN = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--resolv-conf=off", "--console=pipe"]


class Image:
    """What a builder makes of deploy/Containerfile; it is gone after the `with` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file: Containerfile = read((ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8"))

    def __enter__(self) -> "Image":
        assert self.file.base == BASE
        bootstrap(self.folder)
        # Certificates that this machine trusts are trusted there.
        shutil.copytree(
            "/usr/local/share/ca-certificates",
            self.folder / "usr" / "local" / "share" / "ca-certificates",
            dirs_exist_ok=True,
        )
        for step in self.file.steps:
            started = time.monotonic()
            {"RUN": self.run, "COPY": self.copy}[step.word](step)
            print(f"{time.monotonic() - started:6.1f} s  {step.word} {step.arguments[-1][:60]}")  # noqa: T201
        return self

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, step: Step) -> None:
        """Run a step's command in the image."""
        # pip as it is set up on this machine.
        environment = {name: value for name, value in os.environ.items() if name.startswith("PIP_")} | step.environment
        said = subprocess.run(
            [
                *NSPAWN,
                "--as-pid2",
                f"--directory={self.folder}",
                f"--user={step.user}",
                f"--chdir={step.folder}",
                *(f"--setenv={name}={value}" for name, value in environment.items()),
                *step.arguments,
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, f"{step}:\n{said.stdout[-3000:]}\n{said.stderr[-3000:]}"

    def copy(self, step: Step) -> None:
        """Copy the project, but for what .dockerignore keeps out of it."""
        assert step.arguments == [".", "."]
        target = self.folder / step.folder.lstrip("/")
        for path in context(ROOT):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, target / path, follow_symlinks=False)

    def volume(self, folder: Path) -> Path:
        """A new volume in that folder: it begins as what stands in its place in the image, with the same owner."""
        (place,) = self.file.volumes
        origin = self.folder / place.lstrip("/")
        shutil.copytree(origin, folder)
        os.chown(folder, origin.stat().st_uid, origin.stat().st_gid)
        return folder


class Container:
    """A running container, inside a `with` block: of `image`, with what it keeps in `data` and settings of its own."""

    def __init__(self, image: Image, data: Path, *bound: Path, **settings: str) -> None:
        self.image, self.data, self.bound = image, data, bound
        self.environment = {"PATH": PATH} | image.file.environment | settings
        self.log = data.with_name(f"{data.name}.log")
        health = image.file.health
        assert health
        self.health: Health = health

    def __enter__(self) -> "Container":
        file = self.image.file
        (place,) = file.volumes
        options = [
            f"--directory={self.image.folder}",
            "--read-only",
            "--tmpfs=/tmp:mode=1777",
            f"--bind={self.data}:{place}",
            *(f"--bind={path}" for path in self.bound),
            f"--chdir={file.folder}",
            f"--user={file.user.partition(':')[0]}",
            "--drop-capability=all",
            "--no-new-privileges=yes",
            *(f"--setenv={name}={value}" for name, value in self.environment.items()),
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*NSPAWN, *options, *file.entrypoint, *file.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def __exit__(self, *error: object) -> None:
        # Its first process takes all others along, and systemd-nspawn ends after it.
        if first := self.first():
            with contextlib.suppress(ProcessLookupError):
                os.kill(first, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=30)
        self.process.kill()
        self.process.wait()

    def said(self) -> str:
        """What it has written so far."""
        return self.log.read_text()

    def first(self) -> int:
        """The process id, among ours, of the container's first process; 0 while or where there is none."""
        for pid in children(self.process.pid)[1:]:
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text()
                if re.search(r"^NSpid:\s+\d+\s+1$", status, re.MULTILINE):
                    return pid
        return 0

    def execute(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command in it, as its user."""
        user, _colon, group = self.image.file.user.partition(":")
        spaces = ["--mount", "--uts", "--ipc", "--pid", "--root", f"--setuid={user}", f"--setgid={group}"]
        said = subprocess.run(
            ["nsenter", f"--target={self.first()}", *spaces, f"--wdns={self.image.file.folder}", *command],  # noqa: S607
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert not check or said.returncode == 0, f"{command}:\n{said.stdout[-3000:]}\n{said.stderr[-3000:]}"
        return said

    def is_healthy(self) -> bool:
        """Whether the health check says so."""
        return bool(self.first()) and self.execute(*self.health.command, check=False).returncode == 0

    def wait_until_healthy(self) -> float:
        """Wait until the health check says so; return the seconds."""
        started = time.monotonic()
        while not self.is_healthy():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() - started < PATIENCE, self.said()
            time.sleep(0.5)
        return time.monotonic() - started

    def stop(self) -> float:
        """Ask its first process to end, as `podman stop` does, and wait for that; return the seconds."""
        started = time.monotonic()
        os.kill(self.first(), getattr(signal, self.image.file.signal))
        self.process.wait(timeout=60)
        return time.monotonic() - started
