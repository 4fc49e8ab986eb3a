"""What a page costs: the page store against constant bytes, nginx, Django's cache and no cache at all.

    python -m benchmarks.pages [--rounds 9] [--seconds 2]

All servers are measured in turn, round by round, so that each ratio comes from the same minute of the same machine.
Needs wrk and nginx with its module for ready-made brotli files (Debian: wrk nginx libnginx-mod-http-brotli-static).
"""

import argparse
import contextlib
import json
import re
import statistics
import tempfile
import urllib.request
from pathlib import Path

from . import servers, site

PAGE = site.GUIDE

PLAIN = "listen 127.0.0.1:{port}; root {folder}; brotli_static on; location / {{ try_files /page.html =404; }}"


def brotli_page(port):
    """The page as the store sends it: body and headers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{PAGE}", headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return answer.read(), [
            pair for pair in answer.getheaders() if pair[0].lower() not in {"connection", "date", "server"}
        ]


def style_sheet(port):
    """The path of a style sheet that the page asks for."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}", timeout=20) as answer:
        return re.search(r'href="(/static/[^"]+\.css)"', answer.read().decode())[1]


@contextlib.contextmanager
def all_servers(folder, environment):
    """Start what is compared; give {name: (process, port)}."""
    with contextlib.ExitStack() as stack:
        started = {}

        def start(name, command, **more):
            port = servers.free_port()
            site = environment | {"PORT": str(port)} | more
            started[name] = (stack.enter_context(servers.serving(command(port), port, site)), port)
            return port

        port = start("page store", lambda port: servers.granian("careerguide.wsgi:application", port))
        servers.get(port, PAGE)
        servers.time.sleep(3)  # the tight compression follows in the background
        (folder / "page.html").write_bytes(b"the page stands beside, compressed")
        body, headers = brotli_page(port)
        (folder / "page.html.br").write_bytes(body)
        folder.chmod(0o755)
        constant = {"BENCHMARK_BODY": str(folder / "page.html.br"), "BENCHMARK_HEADERS": json.dumps(headers)}
        start("constant bytes", lambda port: servers.granian("benchmarks.constant:application", port), **constant)
        start("nginx, the same file", lambda port: static_nginx(folder, port))
        start("Django's cache", lambda port: servers.granian("benchmarks.sitecache:application", port))
        start("no store", lambda port: servers.granian("careerguide.wsgi:application", port), PAGE_STORE_MB="0")
        yield started


def static_nginx(folder, port):
    """The command that has nginx serve the page from `folder`."""
    http = "server { " + PLAIN.format(folder=folder, port=port) + " }"
    return servers.nginx(folder, http, ["ngx_http_brotli_static_module"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        folder = Path(name)
        with all_servers(folder, site.prepare(folder)) as started:
            for _process, port in started.values():
                for _request in range(20):
                    servers.get(port, PAGE)
            rounds = [
                {label: servers.cost(*server, PAGE, options.seconds) for label, server in started.items()}
                for _round in range(options.rounds)
            ]
            memory = servers.memory_bytes(started["page store"][0].pid) / 1e6
            process, port = started["page store"]
            sheet = style_sheet(port)
            static = statistics.median(servers.cost(process, port, sheet, 1) for _round in range(3))
    print(f"{'':24}{'CPU a request':>16}{'page store costs':>20}")
    for label in rounds[0]:
        own = statistics.median(each[label] for each in rounds)
        ratio = statistics.median(each["page store"] / each[label] for each in rounds)
        print(f"{label:24}{own:>13.1f} µs{ratio:>14.3g} times")
    print(f"{'a style sheet':24}{static:>13.1f} µs")
    print(f"memory of the server with the page store: {memory:.0f} MB")


if __name__ == "__main__":
    main()
