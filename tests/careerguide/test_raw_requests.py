"""Bytes that no browser sends, to a real server: refused or answered, and never an error of ours."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from guides.plan.models import Plan
from tests.factories import make_guide
from tests.server import HOST, serving

pytestmark = pytest.mark.django_db(transaction=True)

OURS = HOST.encode()
MARK = b"<zz9>'\""
# What a form of ours comes with, so that the site looks at what else is sent.
TOKEN = b"Cookie: __Host-csrf=%s\r\nX-CSRFToken: %s\r\nReferer: https://%s/\r\n" % (b"a" * 32, b"a" * 32, OURS)
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MULTIPART = b"Content-Type: multipart/form-data; boundary=zz\r\n"
SMUGGLED = b"GET /smuggled/ HTTP/1.1\r\nHost: %s\r\n\r\n" % OURS


def request(line, *headers, body=b"", host=OURS):
    """Return a request with that line; headers as bytes, each with its line break."""
    own = (TOKEN if line.startswith(b"POST") else b"") + b"X-Forwarded-Proto: https\r\nConnection: close\r\n"
    own += b"Host: %s\r\n" % host if host else b""
    return line + b"\r\n" + own + b"".join(headers) + b"\r\n" + body


def post(path, *headers, body=b"", length=None):
    size = b"Content-Length: %d\r\n" % (len(body) if length is None else length)
    return request(b"POST %s HTTP/1.1" % path, size, *headers, body=body)


def fields(count):
    return b"&".join(b"field%d=x" % number for number in range(count))


def part(disposition, content=b"x"):
    return b"--zz\r\nContent-Disposition: %s\r\n\r\n%s\r\n--zz--\r\n" % (disposition, content)


FILE = b'form-data; name="file"; filename="a.json"'
TOOL = b"/guides/bookbinder/toolkit/resume/build/"
LENGTH, CHUNKED = b"Content-Length: 4\r\n", b"Transfer-Encoding: chunked\r\n"
POST = b"POST %s HTTP/1.1" % TOOL
REQUESTS = {
    "length and chunks": request(POST, LENGTH, CHUNKED, body=b"0\r\n\r\n" + SMUGGLED),
    "chunks and length": request(POST, CHUNKED, LENGTH, body=b"0\r\n\r\n" + SMUGGLED),
    "two lengths": request(POST, LENGTH, b"Content-Length: 40\r\n", body=SMUGGLED),
    "equal lengths": request(POST, LENGTH, LENGTH, body=b"a=bc"),
    "a list of lengths": request(POST, b"Content-Length: 4, 4\r\n", body=b"a=bc"),
    "a negative length": post(TOOL, length=-5, body=SMUGGLED),
    "a length in words": request(POST, b"Content-Length: four\r\n", body=b"a=bc"),
    "a length with a sign": request(POST, b"Content-Length: +4\r\n", body=b"a=bc"),
    "a length too large": request(POST, b"Content-Length: 99999999999999999999999\r\n", body=b"a=bc"),
    "unknown encoding": request(POST, b"Transfer-Encoding: xchunked\r\n", body=b"0\r\n\r\n" + SMUGGLED),
    "two encodings": request(POST, CHUNKED, b"Transfer-Encoding: identity\r\n", body=b"0\r\n\r\n"),
    "an encoding behind a tab": request(POST, b"Transfer-Encoding:\tchunked\r\n", body=b"0\r\n\r\n"),
    "a space before the colon": request(POST, LENGTH, b"Transfer-Encoding : chunked\r\n", body=b"a=bc"),
    "a chunk of no size": request(POST, CHUNKED, body=b"zz\r\n\r\n"),
    "a chunk too large": request(POST, CHUNKED, body=b"FFFFFFFFFFFFFFFFFF\r\nx"),
    "a chunk without end": request(POST, CHUNKED, body=b"5\r\nab"),
    "folded header": request(b"GET / HTTP/1.1", b"X-Odd: a\r\n b\r\n"),
    "folded host": request(b"GET / HTTP/1.1", b"Host:\r\n evil.example\r\n", host=None),
    "bare line feeds": b"GET / HTTP/1.1\nHost: %s\n\n" % OURS,
    "a bare carriage return": request(b"GET / HTTP/1.1", b"X-Odd: a\rb\r\n"),
    "NUL in a header": request(b"GET / HTTP/1.1", b"X-Odd: a\0b\r\n"),
    "two hosts": request(b"GET / HTTP/1.1", b"Host: evil.example\r\n"),
    "a bad host": request(b"GET /plan/record/ HTTP/1.1", host=b"evil.example"),
    "a host with more": request(b"GET / HTTP/1.1", host=OURS + b"@evil.example"),
    "a host that is markup": request(b"GET / HTTP/1.1", host=MARK),
    "another host for the proxy": request(b"GET /guides HTTP/1.1", b"X-Forwarded-Host: evil.example\r\n"),
    "no host": request(b"GET / HTTP/1.1", host=None),
    "HTTP/1.0 without host": b"GET / HTTP/1.0\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/9.9": request(b"GET / HTTP/9.9"),
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(50),
    "a whole address": request(b"GET http://evil.example/ HTTP/1.1"),
    "a whole address of ours": request(b"GET https://%s/guides HTTP/1.1" % OURS),
    "two slashes": request(b"GET //evil.example/%2e%2e HTTP/1.1"),
    "two slashes without an end": request(b"GET //evil.example/guides HTTP/1.1"),
    "a backslash": request(b"GET /\\evil.example/ HTTP/1.1"),
    "an encoded line break": request(b"GET /guides%0d%0aSet-Cookie:%20x=y HTTP/1.1"),
    "markup in the path": request(b"GET /%3Czz9%3E'%22/ HTTP/1.1"),
    "markup as it is": request(b"GET /<zz9>'\" HTTP/1.1"),
    "markup in the query": request(b"GET /search/?q=%3Czz9%3E'%22 HTTP/1.1"),
    "not UTF-8": request(b"GET /guides/%ff%fe/ HTTP/1.1"),
    "raw bytes": request(b"GET /guides/\xff\xfe/ HTTP/1.1"),
    "NUL in the path": request(b"GET /guides/%00/ HTTP/1.1"),
    "half an escape": request(b"GET /guides/%zz%4/ HTTP/1.1"),
    "out of static": request(b"GET /static/../careerguide/settings.py HTTP/1.1"),
    "out of static, encoded": request(b"GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1"),
    "out of static, twice encoded": request(b"GET /static/%252e%252e/%252e%252e/etc/passwd HTTP/1.1"),
    "out of static by a slash": request(b"GET /static/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1"),
    "out of static by a backslash": request(b"GET /static/..%5c..%5cmanage.py HTTP/1.1"),
    "static from the root": request(b"GET /static//etc/passwd HTTP/1.1"),
    "a range of static": request(b"GET /static/css/base.css HTTP/1.1", b"Range: bytes=9-1,-5,x-\r\n"),
    "TRACE": request(b"TRACE / HTTP/1.1", b"X-Odd: " + MARK + b"\r\n"),
    "CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "OPTIONS of all": request(b"OPTIONS * HTTP/1.1"),
    "a method of its own": request(b"ZZ9 / HTTP/1.1"),
    "a method in small letters": request(b"get / HTTP/1.1"),
    "upgrade": request(b"GET / HTTP/1.1", b"Upgrade: h2c\r\nHTTP2-Settings: AA\r\n"),
    "HTTP/2 at once": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "expects 100": request(POST, b"Expect: 100-continue\r\n", LENGTH, body=b"a=bc"),
    "a long address": request(b"GET /%s HTTP/1.1" % (b"a" * 70_000)),
    "a long header": request(b"GET / HTTP/1.1", b"X-Odd: %s\r\n" % (b"a" * 500_000)),
    "many headers": request(b"GET / HTTP/1.1", *(b"X-Odd-%d: a\r\n" % number for number in range(500))),
    "1,100 fields": post(TOOL, FORM, body=fields(1_100)),
    "6,000 fields": post(TOOL, FORM, body=fields(6_000)),
    "1,100 fields of a report": post(b"/report/?guide=bookbinder&section=steps", FORM, body=fields(1_100)),
    "10 MB": post(TOOL, FORM, body=b"a=" + b"x" * 10_000_000),
    "10 MB of a file": post(
        b"/plan/import/", MULTIPART, body=part(b'form-data; name="file"; filename="a"', b"x" * 10**7)
    ),
    "10 MB of a resume": post(b"/guides/bookbinder/skills-gap/resume/", MULTIPART, body=b"x" * 10**7),
    "no boundary": post(
        b"/plan/import/", b"Content-Type: multipart/form-data\r\n", body=part(b'form-data; name="file"')
    ),
    "another boundary": post(b"/plan/import/", b"Content-Type: multipart/form-data; boundary=yy\r\n", body=part(b"x")),
    "an empty boundary": post(b"/plan/import/", b"Content-Type: multipart/form-data; boundary=\r\n", body=part(b"x")),
    "a part without end": post(b"/plan/import/", MULTIPART, body=b"--zz\r\nContent-Disposition: form-data; name="),
    "a part without name": post(b"/plan/import/", MULTIPART, body=part(b"form-data")),
    "a part not in base 64": post(
        b"/plan/import/", MULTIPART, body=part(b'form-data; name="file"\r\nContent-Transfer-Encoding: base64', b"!")
    ),
    "a file named after a path": post(
        b"/plan/import/", MULTIPART, body=part(b'form-data; name="file"; filename="../../../etc/<zz9>"', b"{}")
    ),
    "a form in another encoding": post(
        TOOL, b"Content-Type: multipart/form-data; boundary=zz; charset=rot13\r\n", body=part(b'form-data; name="a"')
    ),
    "a query in another encoding": request(b"GET /search/?q=a HTTP/1.1", b"Content-Type: text/plain; charset=idna\r\n"),
    "a header in no encoding": request(b"GET / HTTP/1.1", b"Content-Type: text/plain; charset*=zz''a\r\n"),
    "6,000 fields of a query": request(
        b"GET /search/?%s HTTP/1.1" % (b"a&" * 6_000), b"Content-Type: text/plain; charset=utf-8\r\n"
    ),
    "a body that is cut off": post(TOOL, FORM, body=b"a=b", length=500),
    "odd cookies": request(b"GET /plan/ HTTP/1.1", b'Cookie: =; ;;x; __Host-plan="\\000<zz9>"; a=\xff; $Version=1\r\n'),
    "NUL in the session": request(b"GET /admin/ HTTP/1.1", b'Cookie: __Host-session="aaaaaaaa\\000b"\r\n'),
    "a long cookie": request(b"GET /plan/ HTTP/1.1", b"Cookie: __Host-plan=%s\r\n" % (b"a" * 20_000)),
    "HTMX headers": request(
        b"GET /guides/bookbinder/steps/ HTTP/1.1",
        b"HX-Request: true\r\nHX-Current-URL: javascript:<zz9>\r\nHX-Target: <zz9>\r\nHX-Prompt: <zz9>\r\n",
    ),
}
STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3})", re.MULTILINE)
LOCATION = re.compile(rb"^location: *(.*?)\r$", re.MULTILINE | re.IGNORECASE)


def faults(answer):
    """What an answer shows that it must not."""
    faults = [f"status {status.decode()}" for status in STATUS.findall(answer) if status >= b"500"]
    if b"<zz9>" in answer:
        faults.append("reflected")
    if b"root:" in answer or b"INSTALLED_APPS" in answer:
        faults.append("a file of the machine")
    if b"x=y" in answer.lower().partition(b"\r\n\r\n")[0]:
        faults.append("a header of the client's")
    for target in LOCATION.findall(answer):
        if not re.match(rb"(https://%s)?/(?![/\\])" % re.escape(OURS), target):
            faults.append(f"leads to {target}")
    return faults


def test_no_bytes_bring_the_site_down(tmp_path):
    make_guide()
    with serving(tmp_path) as server:
        with ThreadPoolExecutor(16) as pool:

            def send(raw):
                return server.patiently(lambda: server.send(raw), lambda answer: b" 503 " in answer[:20])

            answers = dict(zip(REQUESTS, pool.map(send, REQUESTS.values()), strict=True))
        broken = {name: faults(answer) for name, answer in answers.items() if faults(answer)}
        assert broken == {}, server.log.read_text()[-3000:]
        for name in ("two lengths", "unknown encoding", "a negative length", "a length in words"):
            assert STATUS.findall(answers[name])[:1] in ([], [b"400"]), name
            assert b"smuggled" not in answers[name]
        assert server.ask("/guides/bookbinder/").status == 200
        assert "Traceback" not in server.log.read_text(), server.log.read_text()[-6000:]
    assert not Plan.objects.exists()
