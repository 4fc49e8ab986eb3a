"""Generated requests to every address: whatever they hold, no answer is an error of ours, repeats markup or leads away.

The short form makes some hundred of them, always the same; the long one (FAULTS) 20,000 others each time.
"""

import os
import traceback
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerguide.page_store import PageStore
from tests.addresses import PARAMETER, Site, every_address
from tests.raw_requests import WithoutTokens, ask, environ_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]

IS_LONG = "FAULTS" in os.environ
PARTS, EXAMPLES = (8, 2_500) if IS_LONG else (1, 200)

MARK = "<zz9>'\""
ODD = [
    "", "\0", MARK, "-1", "0", "9" * 30, "9" * 5_000, "1e309", "NaN", "a" * 10_000, "%00", "../../etc/passwd", "\u202e",
    "=1+1", "\r\nX-Odd: y", "٣", "\uff11\uff12", "1_000", "0x10", "//evil.example", "https://evil.example/",
    "javascript:1",
    "2027-02-30", "0000-00-00", "99999-01-01", "a\nb", "\U0001f600",
    "{{ 7 }}", "' OR 1=1 --", "\\", "[[[[", "((((", "*", "true", "None", "[]", "{}", '{"a":' * 500,
]  # fmt: skip
odd_text = st.sampled_from(ODD) | st.text(max_size=40)
# In an address and in a form any bytes can stand, encoded; these are no UTF-8.
odd_bytes = odd_text.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.sampled_from(
    [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"]
)
# What a server lets through in a header.
header_text = st.sampled_from([text for text in ODD if text.isprintable() and text.isascii()]) | st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40
)
HEADERS = (
    "hx_request hx_history_restore_request hx_current_url hx_target hx_trigger hx_trigger_name hx_prompt hx_boosted "
    "accept accept_encoding accept_language if_none_match if_modified_since if_unmodified_since if_match range host "
    "referer origin user_agent x_forwarded_for x_forwarded_proto x_forwarded_host x_requested_with forwarded "
    "x_http_method_override authorization via expect"
).split()
QUERY_NAMES = (
    "q g add open page sort field_of_work education pay_band outlook guide section figure a change found sent hours "
    "start budget month view notice back key step document saved example group difficulty by p width next o e all "
    "_popup _to_field _changelist_filters id__exact guide__id__exact guide__pk state__exact created_at__year b "
    "password app_label model_name field_name term object_id"
).split()
METHODS = ["GET"] * 4 + ["POST"] * 5 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", ""]
CONTENT_TYPES = [
    "text/plain", "application/json", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data", "",
    "text/plain; charset*=zz''a", "multipart/form-data; boundary*=idna'x'a%ff", "text/html; charset=rot13",
    "application/x-www-form-urlencoded; charset=idna", "multipart/form-data; boundary=zz",
]  # fmt: skip
FILES = [
    b"",
    b"{}",
    b"[" * 100_000,
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"\xff\xfe\x00",
    b'{"basics": {"name": "\\ud800"}}',
    b"\0",
]
ADDRESSES = sorted(every_address(), key=lambda address: address.name)


class Fields(HTMLParser):
    """The names and values that the forms of a page would send."""

    def __init__(self, html):
        super().__init__()
        self.fields = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in {"input", "textarea", "select", "button"} and attributes.get("name"):
            self.fields.append((attributes["name"], attributes.get("value") or ""))


@st.composite
def parameters(draw):
    """Values for the parameters of an address: most lead somewhere, some are odd."""
    names = ["guide", "section", "kind", "slug", "token", "path", "object_id", "pk", "url", "content_type_id", "id"]
    return draw(st.dictionaries(st.sampled_from(names), odd_bytes, max_size=2))


@st.composite
def requests(draw):
    """A request: an address and what is odd about it. What its form holds is filled in when it is sent."""
    return {
        "address": draw(st.sampled_from(ADDRESSES)),
        "role": draw(st.sampled_from(["anonymous", "superuser"])),
        "method": draw(st.sampled_from(METHODS)),
        "parameters": draw(parameters()),
        "query": draw(st.lists(st.tuples(st.sampled_from(QUERY_NAMES) | odd_text, odd_bytes), max_size=3)),
        "headers": draw(st.dictionaries(st.sampled_from(HEADERS), header_text, max_size=2)),
        "cookie": draw(st.sampled_from(["", "", "plan", "session", "csrf", "messages"])),
        "cookie_value": draw(st.sampled_from(['"aaaaaaaa\\000"', "<zz9>", "a" * 5_000, "", '"\\377"']) | header_text),
        "form": draw(st.booleans()),
        "changes": draw(st.lists(st.tuples(st.integers(0, 400), odd_bytes), max_size=4)),
        "more": draw(st.lists(st.tuples(odd_text, odd_bytes), max_size=2)),
        "content_type": draw(st.none() | st.none() | st.sampled_from(CONTENT_TYPES)),
        "file": draw(st.none() | st.tuples(st.sampled_from(["file", "a"]), odd_text, st.sampled_from(FILES))),
    }


class Sender:
    """Sends generated requests, each to the site as it was made."""

    def __init__(self):
        self.site, self.site_forms, self.cookies = Site(), {}, {}
        self.application = PageStore(WithoutTokens(), lambda: 1, {"testserver"})
        for role in ("anonymous", "superuser"):
            client = Client()
            self.site.sign_in(client, role)
            self.cookies[role] = client.cookies.output(attrs=[], header="", sep=";")

    def fields(self, address, role):
        """What the form at an address sends, as it is; looked up once."""
        if (address, role) not in self.site_forms:
            environ = environ_of("GET", self.site.path(address), cookie=self.cookies[role])
            answer = ask(self.application, environ)
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            self.site_forms[address, role] = Fields(answer.body.decode()).fields if is_page else []
        return self.site_forms[address, role]

    def environ(self, asked):
        """The WSGI environment of a generated request."""
        address, role = asked["address"], asked["role"]
        path = self.site.path(address, **{name: quote(value) for name, value in asked["parameters"].items()})
        fields = list(self.fields(address, role)) if asked["form"] else []
        for place, value in asked["changes"]:
            if fields:
                fields[place % len(fields)] = (fields[place % len(fields)][0], value)
        fields += asked["more"]
        body, content_type = encoded(fields, asked["file"])
        cookie = "; ".join(
            filter(None, [self.cookies[role], asked["cookie"] and "{cookie}={cookie_value}".format(**asked)])
        )
        environ = environ_of(
            asked["method"] or "GET",
            path,
            urlencode(asked["query"], errors="surrogatepass"),
            body,
            content_type if asked["content_type"] is None else asked["content_type"],
            cookie=cookie,
        )
        return environ | {f"HTTP_{name.upper()}": value for name, value in asked["headers"].items()}

    def send(self, asked):
        with transaction.atomic():
            answer = ask(self.application, self.environ(asked))
            transaction.set_rollback(True)
        return answer


def encoded(fields, file):
    """Return a form's body and content type: with a file, in parts."""
    if file is None:
        return urlencode(fields, errors="surrogatepass").encode(), "application/x-www-form-urlencoded"
    pieces = [(f'name="{name}"', value) for name, value in fields if len(name) < 200]
    name, file_name, content = file
    pieces.append((f'name="{name}"; filename="{file_name}"', content))
    lines = []
    for disposition, value in pieces:
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        lines += [b"--zz", f"Content-Disposition: form-data; {disposition}".encode("utf-8", "surrogatepass"), b"", raw]
    return b"\r\n".join([*lines, b"--zz--", b""]), "multipart/form-data; boundary=zz"


@pytest.fixture
def sender():
    errors = []
    note = lambda **kwargs: errors.append(traceback.format_exc())  # noqa: E731
    got_request_exception.connect(note)
    yield Sender(), errors
    got_request_exception.disconnect(note)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_brings_the_site_down(sender, part):
    sender, errors = sender

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not IS_LONG,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests())
    def every_request(asked):
        errors.clear()
        answer = sender.send(asked)
        assert answer.status < 500 and not errors, "\n".join(errors)  # noqa: PT018 - the trace says most
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert b"<zz9>" not in answer.body
        target = answer.headers.get("location", "/")
        assert target.startswith(("/", "http://testserver/")), target
        assert not target.startswith(("//", "/\\")), target
        assert not any("\n" in value or "\r" in value for _name, value in answer.all_headers)

    every_request()


@pytest.mark.parametrize("value", ["{}", "9" * 30, "\x0e"])
def test_no_parameter_of_an_address_brings_the_site_down(sender, value):
    sender, errors = sender
    for address in ADDRESSES:
        for name in PARAMETER.findall(address.route):
            path = sender.site.path(address, **{name: quote(value)})
            for method in ("GET", "POST"):
                with transaction.atomic():
                    answer = ask(sender.application, environ_of(method, path, cookie=sender.cookies["superuser"]))
                    transaction.set_rollback(True)
                assert answer.status < 500, (method, path)
    assert errors == []


def test_a_screen_is_not_asked_for_a_field_without_a_name(sender):
    """What the long form found once."""
    sender, errors = sender
    path = f"/admin/guides/guide/{sender.site.guide.pk}/change/"
    for method, query, body in [("GET", "_to_field=", b""), ("POST", "", b"_to_field=")]:
        environ = environ_of(method, path, query, body, cookie=sender.cookies["superuser"])
        assert ask(sender.application, environ).status == 400
    assert errors == []
