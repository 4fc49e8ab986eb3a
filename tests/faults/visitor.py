"""A browser without a script: it keeps cookies, fills forms in and takes the time."""

import http.client
import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from django.utils.datastructures import CaseInsensitiveMapping


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: CaseInsensitiveMapping
    text: str
    seconds: float


def connect(address, tls=None):
    """A connection for requests, with TLS where a context is given."""
    if tls:
        return http.client.HTTPSConnection(*address, timeout=30, context=tls)
    return http.client.HTTPConnection(*address, timeout=30)


class Visitor:
    """Every request opens a connection of its own, so that all workers are met."""

    def __init__(self, address, tls=None, **headers):
        self.address, self.tls = address, tls
        self.cookies, self.headers = {}, headers

    def at(self, site):
        """Go to another site with the same cookies."""
        self.address = site.address
        return self

    def get(self, path):
        """GET without following redirects."""
        return self.ask("GET", path)

    def raw(self, path):
        """The status of the page, and its bytes as they come."""
        connection = connect(self.address, self.tls)
        try:
            connection.request("GET", path, headers=self.headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def post(self, path, fields):
        """POST a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields, doseq=True), kind)

    def ask(self, method, path, body=None, headers=()):
        """Send a request and wait for the whole answer."""
        started = time.monotonic()
        connection = connect(self.address, self.tls)
        try:
            cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            connection.request(method, path, body, self.headers | (cookies if self.cookies else {}) | dict(headers))
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, CaseInsensitiveMapping(answer.headers.items()), text, time.monotonic() - started)

    def form(self, path, index=-1):
        """Open the page and return what its last form (or the one at `index`) would send unchanged."""
        return fields_of(self.get(path).text, index)

    def sign_in(self, name, password):
        """Sign in to the admin."""
        sent = self.form("/admin/login/") | {"username": name, "password": password, "next": "/admin/"}
        answer = self.post("/admin/login/", sent)
        assert answer.status == 302, answer.text


FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>(.*?)</form>', re.DOTALL | re.IGNORECASE)
INPUT = re.compile(r"<input\b[^>]*>")
TEXTAREA = re.compile(r"<textarea\b([^>]*)>\n?(.*?)</textarea>", re.DOTALL)
SELECT = re.compile(r"<select\b([^>]*)>(.*?)</select>", re.DOTALL)
OPTION = re.compile(r"<option\b([^>]*)>")


def _attribute(tag, name, default=""):
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(match[1]) if match else default


def fields_of(html, index=-1):
    """What a browser would send for a form of the page, `{name: value}`."""
    form = FORM.findall(html)[index]
    result = {}
    for tag in INPUT.findall(form):
        kind, name = _attribute(tag, "type", "text"), _attribute(tag, "name")
        if name and kind not in {"submit", "button", "file", "image"}:
            if kind not in {"checkbox", "radio"}:
                result[name] = _attribute(tag, "value")
            elif " checked" in tag:
                result[name] = _attribute(tag, "value", "on")
    for tag, text in TEXTAREA.findall(form):
        result[_attribute(tag, "name")] = unescape(text)
    for tag, inside in SELECT.findall(form):
        options = OPTION.findall(inside)
        chosen = [option for option in options if " selected" in option] or options[:1]
        if chosen:
            result[_attribute(tag, "name")] = _attribute(chosen[0], "value")
    return result
