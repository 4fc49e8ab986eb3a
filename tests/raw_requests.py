"""Requests as the server hands them to the site, through its whole WSGI application, whatever they hold."""

from io import BytesIO
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import WSGIHandler

from careerguide.bad_requests import Request


class Answer:
    """What came back: status, headers by lower-case name (the last one of equal names), every header, the body."""

    def __init__(self, status, headers, body):
        self.status, self.all_headers, self.body = int(status.split()[0]), headers, body
        self.headers = {name.lower(): value for name, value in headers}


class WithoutTokens:
    """The site's WSGI application, for forms that a page of ours would have sent."""

    def __init__(self):
        self.handler = WSGIHandler()
        self.handler.request_class = Request
        self.get_response, self.handler.get_response = self.handler.get_response, self.respond

    def respond(self, request):
        request._dont_enforce_csrf_checks = True
        return self.get_response(request)

    def __call__(self, environ, start_response):
        return self.handler(environ, start_response)


def environ_of(method, path, query="", body=b"", content_type="application/x-www-form-urlencoded", **headers):
    """Return a WSGI environment; `path` and `query` are as they stand in the request line, still encoded."""
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": content_type,
    }
    return environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()}


def ask(application, environ):
    """Return the Answer of `application`."""
    started = []
    chunks = application(environ, lambda status, headers, exc_info=None: started.append((status, headers)))
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return Answer(*started[-1], body)
