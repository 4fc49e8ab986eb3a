"""Serve the site on this machine: `make run`."""

import os
import socket
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .prepare import prepare

HOST = "127.0.0.1"


def is_taken(port):
    """Whether something answers on `port` already: two servers would share it without a word."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def main():
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT is '{port}'. Give a number from 1 to 65535.")
    if is_taken(int(port)):
        sys.exit(f"Port {port} is in use. Choose another one: make run PORT={int(port) + 1}")
    try:
        prepare()
    except ImproperlyConfigured as fault:
        sys.exit(f"Not started. {fault}")
    print(f"Careerguide is at http://{HOST}:{port}/ (Ctrl+C stops it)", flush=True)
    server = Path(sys.executable).with_name("granian")
    address = ["--host", HOST, "--port", port]
    options = ["--interface", "wsgi", "--blocking-threads", "16", "--backpressure", "512", "--log-level", "error"]
    os.execv(server, [str(server), *address, *options, "careerguide.wsgi:application"])


if __name__ == "__main__":
    main()
