"""The site as it is served over https: headers and cookies of every kind of answer."""

import re
from http.cookies import SimpleCookie
from time import time
from urllib.parse import urlencode

import pytest
from django.db import connection

from careerguide import throttle
from careerguide.models import RecentWrites
from guides.models import PreviewLink
from guides.views.reports import report
from tests.addresses import make_account
from tests.factories import make_guide
from tests.server import serving

pytestmark = pytest.mark.django_db(transaction=True)

EXPECTED = {
    "Content-Security-Policy": {
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    },
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}  # fmt: skip
FRAMED = {
    "Content-Security-Policy": EXPECTED["Content-Security-Policy"] - {"frame-ancestors 'none'"}
    | {"frame-ancestors 'self'"},
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMING = {"Content-Security-Policy": EXPECTED["Content-Security-Policy"] | {"frame-src 'self'"}}
SHARED = {"Cross-Origin-Resource-Policy": "cross-origin"}
QUIET = {"Referrer-Policy": "no-referrer"}
PLAIN = {"Strict-Transport-Security": None}


class Visitor:
    """A browser that keeps cookies and sends forms with their token."""

    def __init__(self, server):
        self.server, self.cookies, self.set = server, SimpleCookie(), []

    def ask(self, path, method="GET", body=None, **headers):
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        answer = self.server.patiently(
            lambda: self.server.ask(path, method, body, **headers), lambda answer: answer.status == 503
        )
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
            self.set.append(line)
        return answer

    def send(self, path, **values):
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(path).content)[1].decode()
        body = urlencode(values | {"csrfmiddlewaretoken": token})
        headers = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{self.server.host}{path}"}
        return self.ask(path, "POST", body, **headers)


def wrong_headers(answer, but=()):
    """What is wrong with the headers of an answer that differs from most as `but` says."""
    faults = []
    for name, value in (EXPECTED | dict(but)).items():
        sent = answer.headers.get_all(name, [])
        if isinstance(value, set):
            sent = [{part.strip() for part in each.split(";")} for each in sent]
        if sent != ([] if value is None else [value]):
            faults.append(f"{name}: {sent}")
    policy = answer.headers["Permissions-Policy"]
    if not all(f"{name}=()" in policy for name in ("camera", "geolocation", "microphone", "payment", "usb")):
        faults.append(f"Permissions-Policy: {policy}")
    return faults


def test_every_kind_of_answer_has_the_headers(tmp_path):
    guide = make_guide()
    make_account("ed", "Editors")
    with serving(tmp_path) as server:
        visitor, faults, asked = Visitor(server), [], {}

        def see(path, status, but=(), who=server, **request):
            answer = server.patiently(
                lambda: who.ask(path, **request), lambda answer: answer.status == 503 and status != 503
            )
            asked[path] = answer
            if answer.status != status:
                faults.append(f"{path} {request}: {answer.status}, not {status}")
            faults.extend(f"{path} {request}: {fault}" for fault in wrong_headers(answer, but))
            return answer

        tags = (see("/", 200).headers["ETag"] for _time in range(100))
        stored = next(filter(None, tags))  # on PostgreSQL the first ones may come before the content version is known
        assert see("/", 200).headers["ETag"] == stored
        see("/", 304, If_None_Match=stored)
        see("/", 200, method="HEAD")
        see("/guides/bookbinder/steps/", 200, HX_Request="true")
        for path in ("/search/?q=glue", "/robots.txt", "/sitemap.xml", "/feed/", "/healthz", "/readyz", "/plan/"):
            see(path, 200)
        for path in ("/guides/bookbinder.json", "/guides/bookbinder.png", "/schema/guide.json", "/plan/schema.json"):
            see(path, 200, SHARED)
        see("/plan/return/?key=x", 302, QUIET)
        see("/plan/return/", 200)
        see("/plan/record/", 302)
        see("/guides", 301)
        see("/search/?q=%00", 400)
        see("/report/?guide=bookbinder&section=steps", 403, method="POST", body="text=x")
        see("/no-such-page/", 404)
        see("/", 405, method="OPTIONS")
        see("/", 301, PLAIN, X_Forwarded_Proto=None)
        see("/", 400, Host="evil.example")
        for path in ("/healthz", "/readyz"):
            see(path, 200, PLAIN, Host="10.0.0.7:8000", X_Forwarded_Proto=None, X_Forwarded_For=None)
            see(path, 200, PLAIN, Host="not a name", X_Forwarded_Proto=None)
        see("/guides/", 400, PLAIN, Host="evil.example", X_Forwarded_Proto=None)
        sheet = see("/static/css/base.css", 200)
        assert "Access-Control-Allow-Origin" not in sheet.headers
        see("/static/css/base.css", 304, If_Modified_Since=sheet.headers["Last-Modified"])
        see("/static/none.css", 404)
        see("/static/css/base.css", 405, method="POST", body="")
        see("/admin/", 302)
        see("/admin/login/", 200, who=visitor)
        link = f"/preview/{PreviewLink.make(guide)[1]}"
        see(f"{link}/guides/bookbinder/", 200, FRAMED)
        see(f"{link}x/guides/bookbinder/", 403, FRAMED)
        visitor.send("/admin/login/", username="ed", password="a long enough passphrase", next="/admin/")
        see("/admin/", 200, who=visitor)
        see("/admin/auth/user/", 403, who=visitor)
        see(f"/admin/guides/guide/{guide.pk}/preview/", 200, FRAMING, who=visitor)
        visitor.send("/plan/save/?guide=bookbinder")
        visitor.send("/plan/leave/")
        throttle.count(report.limit, "198.51.100.1", time() + report.limit.seconds)
        throttle.count(report.limit, "198.51.100.1")
        assert wrong_cookies(visitor.set) == []
        RecentWrites.objects.update(count=1_000)
        address = "/report/?guide=bookbinder&section=steps"
        refused = visitor.send(address, text="Too many.")
        faults.extend(f"{address}: {fault}" for fault in wrong_headers(refused))
        assert (refused.status, int(refused.headers["Retry-After"]) > 0) == (429, True)
        # PostgreSQL calls a lost table our mistake (500), SQLite a database that is away (503): the headers are there.
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE guides_listing RENAME TO guides_lost")
            try:
                see("/guides/?sort=pay", 503 if connection.vendor == "sqlite" else 500)
            finally:
                cursor.execute("ALTER TABLE guides_lost RENAME TO guides_listing")
        assert faults == [], "\n".join(faults)


def wrong_cookies(lines):
    """The cookies among these Set-Cookie lines that lack something; a test that saw too few of them is wrong too."""
    # What is taken away holds nothing any more.
    lines = [line for line in lines if "max-age=0" not in line.lower()]
    names = {line.partition("=")[0] for line in lines}
    assert names == {"__Host-session", "__Host-csrf", "__Host-plan"}
    wanted = {"path=/", "secure", "httponly", "samesite=lax"}
    parts = [(line, {part.strip().lower() for part in line.split(";")[1:]}) for line in lines]
    return [
        line
        for line, attributes in parts
        if not wanted <= attributes or any(part.startswith("domain") for part in attributes)
    ]
