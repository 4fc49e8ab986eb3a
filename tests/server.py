"""A real granian for the length of a test, behind a proxy and over https as far as it can tell."""

import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

from django.conf import settings
from django.db import connection

HOST = "guides.example.org"


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url():
    """Where the test's own database is: a server finds there what the test has committed."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{quote(database['HOST'], safe='')}/{database['NAME']}"


@contextmanager
def serving(folder, workers=1, **chosen):
    """Serve the test's database, with `folder` for data, and yield a Server; `chosen` joins its environment."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
        "SITE_URL": f"https://{HOST}",
        "SECRET_KEY": settings.SECRET_KEY,
        "PROXY_ADDRESS": "127.0.0.1",
        "CLOCK": "0",
    } | chosen
    granian = Path(sys.executable).with_name("granian")
    options = ["--interface", "wsgi", "--port", str(port), "--workers", str(workers), "--blocking-threads", "3"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [granian, *options, "--log-level", "warning", "tests.served:application"],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=log,
        )
        try:
            yield Server(port, folder / "log").wait()
        finally:
            process.terminate()
            process.wait(timeout=30)


class Server:
    """The port and the host name of the server, and ways to ask it."""

    def __init__(self, port, log):
        self.port, self.log, self.host = port, log, HOST

    def wait(self):
        """Return once it answers."""
        patience = monotonic() + 60
        while monotonic() < patience:
            try:
                if self.ask("/healthz").status == 200:
                    return self
            except OSError:
                sleep(0.05)
        raise TimeoutError(self.log.read_text())

    def patiently(self, send, is_away):
        """Return what `send` gives; a database that answers late on a busy machine counts as away for a moment."""
        for _time in range(100):
            answer = send()
            if not is_away(answer):
                break
            sleep(0.1)
        return answer

    def ask(self, path, method="GET", body=None, **headers):
        """Send a request as the proxy would send it on; a header that is None is left out."""
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as talk:
            talk.request(method, path, body, {name: value for name, value in sent.items() if value is not None})
            response = talk.getresponse()
            response.content = response.read()
            return response

    def send(self, raw):
        """Send bytes as they are, and return every byte that comes back until the server closes or falls silent."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=5)) as talk:
            answer = b""
            with suppress(OSError):  # it may have heard enough before the end
                talk.sendall(raw)
            talk.settimeout(3)
            with suppress(OSError):
                while chunk := talk.recv(65_536):
                    answer += chunk
            return answer
