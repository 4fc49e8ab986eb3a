"""The site as deploy/careerguide.service starts it: granian with the same options, on a database of its own."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.guides.processes import ROOT, children

from .visitor import Visitor


def deployed_options():
    """The options of granian that the systemd unit gives, as it would be started there."""
    unit = (ROOT / "deploy" / "careerguide.service").read_text().replace("\\\n", " ")
    return re.search(r"^ExecStart=\S*granian (.*) careerguide\.wsgi:application$", unit, re.MULTILINE)[1].split()


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A running site. `folder` takes its key and log, `database_url` names its database, `before` starts it.

    `root` is where its code stands, `address` where it listens.
    """

    def __init__(self, folder, database_url, before=(), respawn_interval=2, root=ROOT, address=None, **environment):
        self.folder, self.root = Path(folder), root
        self.address = address or ("127.0.0.1", free_port())
        self.port = self.address[1]
        options = deployed_options()
        chosen = {
            "--host": self.address[0],
            "--port": self.port,
            "--workers": 2,
            "--respawn-interval": respawn_interval,
        }
        for name, value in chosen.items():
            options[options.index(name) + 1] = str(value)
        server = str(Path(sys.executable).with_name("granian"))
        self.command = [*before, server, *options, "careerguide.wsgi:application"]
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "PROXY_ADDRESS": "127.0.0.1",
            "LOG_REQUESTS": "1",
        }
        self.environment = os.environ | own | environment
        for name in ("DEBUG", "PORT"):
            self.environment.pop(name, None)

    def __enter__(self):
        self.log = (self.folder / "log").open("w")
        self.process = subprocess.Popen(
            self.command,
            cwd=self.root,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.wait_until_healthy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            for pid in [*self.workers(), self.process.pid]:
                os.kill(pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()

    def wait_until_healthy(self, patience=120):
        """Wait until the site answers."""
        ends = time.monotonic() + patience
        while time.monotonic() < ends:
            assert self.process.poll() is None, self.said()
            with contextlib.suppress(OSError):
                if self.visitor().get("/healthz").status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"The site does not start:\n{self.said()}")

    def workers(self):
        """The process ids of the workers, without those of the jobs that they have started."""
        result = []
        for pid in children(self.process.pid)[1:]:
            with contextlib.suppress(FileNotFoundError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"tracker" not in command and b"run_due" not in command:
                    result.append(pid)
        return result

    def visitor(self):
        """Somebody with a browser of their own."""
        return Visitor(self.address)

    def said(self):
        """What the site wrote into its log so far."""
        return (self.folder / "log").read_text()
