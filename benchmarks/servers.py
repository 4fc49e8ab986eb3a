"""Servers to measure, each on a processor of its own, and what a request costs them."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER_CPU, LOAD_CPU = "0", "1"
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(pid):
    """`pid` and every process below it."""
    pids = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            pids += children(int(child))
    return pids


def cpu_seconds(pid):
    """User and system seconds that `pid` and the processes below it have used."""
    total = 0
    for each in children(pid):
        with contextlib.suppress(FileNotFoundError):
            fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory_bytes(pid):
    """Resident memory of `pid` and the processes below it."""
    total = 0
    for each in children(pid):
        with contextlib.suppress(FileNotFoundError):
            total += int(Path(f"/proc/{each}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


@contextlib.contextmanager
def serving(command, port, environment=None, processor=SERVER_CPU):
    """Run a server on its own processor until the block ends; give its process."""
    process = subprocess.Popen(
        ["taskset", "-c", processor, *command],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port, process, patience=30):
    """Wait until something answers on `port`."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped at once, with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


def granian(application, port, workers=1):
    """The command that serves a WSGI application as the site is served."""
    program = str(Path(sys.executable).with_name("granian"))
    address = ["--host", "127.0.0.1", "--port", str(port)]
    options = ["--interface", "wsgi", "--blocking-threads", "16", "--backpressure", "512", "--log-level", "critical"]
    return [program, *address, *options, "--workers", str(workers), application]


NGINX = """
{module}worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log /dev/null; {user}
events {{ worker_connections 512; }}
http {{ access_log off; default_type text/html; sendfile on; tcp_nopush on; keepalive_requests 10000000;
{http}
}}
"""


def nginx(folder, http, modules=()):
    """The command that runs nginx with `http` inside its http block; its files are in `folder`."""
    user = "user root;" if os.geteuid() == 0 else ""
    module = "".join(f"load_module /usr/lib/nginx/modules/{name}.so;\n" for name in modules)
    path = folder / "nginx.conf"
    path.write_text(NGINX.format(folder=folder, http=http, user=user, module=module))
    return ["nginx", "-c", str(path)]


def get(port, path, **headers):
    """GET a page as the load does; return status and body length."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "br"} | headers)
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return answer.status, len(answer.read())


def load(port, path, seconds, connections=8, script=None):
    """Send GETs for so long with wrk; return how many were answered. Raises where one was not a 200.

    `script` is a file in Lua that tells wrk what to ask for instead of `path`.
    """
    command = [
        "taskset",
        "-c",
        LOAD_CPU,
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "-H",
        "Accept-Encoding: br",
        *(["-s", str(script)] if script else []),
    ]
    result = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True)
    if "Non-2xx" in result.stdout:
        raise RuntimeError(result.stdout)
    return next(int(line.split()[0]) for line in result.stdout.splitlines() if "requests in" in line)


def cost(process, port, path, seconds, script=None):
    """Microseconds of the server's processor a request, user and system together."""
    before = cpu_seconds(process.pid)
    count = load(port, path, seconds, script=script)
    if not count:
        raise RuntimeError(f"no answer from port {port} in {seconds} s: is the machine busy?")
    return (cpu_seconds(process.pid) - before) / count * 1e6
