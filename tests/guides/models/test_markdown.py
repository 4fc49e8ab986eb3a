"""Markdown: what an editor may write, and what never reaches a reader."""

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import markdown
from guides.publishing import link_faults

PAYLOADS = json.loads((Path(__file__).parents[2] / "data" / "xss.json").read_text())
ALLOWED = markdown.ATTRIBUTES | {"a": markdown.ATTRIBUTES["a"] | {"rel", "title"}}


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_comment(self, data):
        self.tags.append(("comment", {}))

    def handle_decl(self, declaration):
        self.tags.append(("declaration", {}))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_more_than_text_and_links(payload):
    for tag, attributes in Elements(markdown.render(payload)).tags:
        assert tag in markdown.TAGS
        assert set(attributes) <= ALLOWED.get(tag, set())
        assert urlsplit(attributes.get("href", "").strip()).scheme in {"", "http", "https", "mailto"}


def test_a_hundred_payloads_are_tried():
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Two\n\nparagraphs", "<p>Two</p>\n<p>paragraphs</p>"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("### Heading", "<h3>Heading</h3>"),
        ("[x](/guides/)", '<p><a href="/guides/" rel="noopener">x</a></p>'),
        ("[x](https://example.org/?a=1&b=2)", '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener">x</a></p>'),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_an_editor_may_write(text, html):
    assert markdown.render(text) == html


# What addresses are made of that browsers read otherwise than they look: slashes of every kind, what is dropped from
# between them, and the ways to write them down.
PIECES = [
    "/", "//", "\\", "%2F", "%5C", "&#47;", "&sol;", "&bsol;", "&Tab;", "&#10;", "%09", ".", "..", ":", "@", "?", "#",
    "http:", "https:", "HTTPS:", "mailto:", "evil.example", "guides/", "site.example", "glossary:", "\t", "\x0b",
    "\xa0", " ",
]  # fmt: skip
WAYS = ["[x]({})", "[x](<{}>)", '[x]({} "t")', "[x][r]\n\n[r]: {}", "[x][r]\n\n[r]: <{}>", "<{}>", "![x]({})"]


def as_browsers_read(address):
    """What a browser makes of an address before it looks where it leads (the URL standard, 4.4)."""
    return re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), st.sampled_from(WAYS))
@settings(max_examples=500, deadline=None)
def test_a_link_says_whether_it_leaves_the_site(address, way):
    text = way.format(address)
    for tag, attributes in Elements(markdown.render(text)).tags:
        if tag == "a" and (href := attributes.get("href")):
            assert re.match(r"https?://[^/]|mailto:|/(?!/)|#", as_browsers_read(href), re.IGNORECASE), href


@pytest.mark.django_db
@given(st.lists(st.sampled_from(PIECES), max_size=3).map("".join))
@settings(max_examples=200, deadline=None)
def test_the_check_names_every_link_that_readers_would_not_be_given(rest):
    for start in ("//", "/\\", "\\\\", "///", "", "http:", "https:", "https:/", ".//", "?"):
        if not markdown.says_where_it_leads(start + rest):
            assert link_faults.fault_of_link(start + rest, None)


def cost(text):
    """The least of several measurements, in seconds of processor time."""
    times = []
    for _ in range(5):
        start = time.process_time()
        markdown.render(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    ("unit", "most"), [("[", 6), *((unit, 8) for unit in ("![", "*a", "_a", "[a](", "<", "> ", "&"))]
)
def test_deep_nesting_costs_no_more_than_its_length(unit, most):
    short, long = ((unit * size)[:size] for size in (5_000, 20_000))
    assert cost(long) < max(most * cost(short), 0.02)
