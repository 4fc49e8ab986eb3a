"""A WSGI application that sends one constant answer: the least that a page can cost on our server.

It sends the very bytes of the page store's answer, headers included, so that what is compared is the work alone.
"""

import json
import os
from pathlib import Path

BODY = Path(os.environ["BENCHMARK_BODY"]).read_bytes()
HEADERS = [tuple(pair) for pair in json.loads(os.environ["BENCHMARK_HEADERS"])]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
