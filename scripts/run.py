"""Serve the site on this machine: `make run`."""

import errno
import os
import socket
import sys

from careerguide import startup

from .prepare import alone, collect_static_files, prepare

HOST = "127.0.0.1"


def refuse_taken(port: int) -> None:
    """End with a sentence where the port cannot be had: two servers would share it without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as fault:
            is_taken = fault.errno == errno.EADDRINUSE
            problem = "is in use" if is_taken else f"cannot be used ({fault.strerror})"
            another = port % 65_535 + 1 if is_taken else 8000
            sys.exit(f"Port {port} {problem}. Choose another one: make run PORT={another}")


def main() -> None:
    startup.begin()
    from django.conf import settings

    from careerguide import environment

    port = environment.number("PORT", 8000, 1, 65_535)
    refuse_taken(port)
    with alone():
        prepare()
        collect_static_files(clear=True)
    # Another one may have started while we waited for our turn.
    refuse_taken(port)
    says = own = f"http://{HOST}:{port}/"
    if settings.HTTPS:
        says = f"{settings.SITE_URL}/, served to a proxy that speaks https at {own}"
    print(f"Careerguide is at {says} (Ctrl+C stops it)", flush=True)
    options = ["--interface", "wsgi", "--blocking-threads", "16", "--backpressure", "512", "--log-level", "error"]
    address = ["--host", HOST, "--port", str(port)]
    # As a module: the program beside Python names the folder that it was installed in, and folders are moved.
    os.execv(sys.executable, [sys.executable, "-m", "granian", *address, *options, "careerguide.wsgi:application"])


if __name__ == "__main__":
    with startup.in_one_sentence():
        main()
