"""Every page of the site that a reader can reach by links."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

LINKS = {"href", "data-hx-get"}


class LinkParser(HTMLParser):
    """Collects the addresses that a page links to or loads by HTMX, as `links` by attribute."""

    def __init__(self, html):
        super().__init__()
        self.links = {name: set() for name in LINKS}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in LINKS and value and (tag == "a" or name != "href"):
                self.links[name].add(value)


def crawl(client, start="/"):
    """Follow every link of this site from `start`: return the pages and the HTMX fragments, responses by address.

    Of addresses that differ in their query alone, such as a form about each figure, three are enough. What is a
    fragment of a page that was seen is asked for as that, and as a page too only until three of its kind were.
    """
    pages, fragments, waiting, alike = {}, {}, [start], Counter()
    known, whole = set(), Counter()
    while waiting:
        address = waiting.pop()
        if address in pages or address in fragments or alike[form_of(address)] == 3:
            continue
        alike[form_of(address)] += "?" in address
        if address in known:
            fragments[address] = response = client.get(address, headers={"HX-Request": "true"})
            whole[kind_of(address)] += 1
        if address not in known or whole[kind_of(address)] <= 3:
            pages[address] = response = client.get(address)
        if is_html(response):
            links = LinkParser(response.content.decode()).links
            waiting += own_addresses(address, links["href"])
            known |= set(own_addresses(address, links["data-hx-get"]))
    # One that is a fragment alone is asked for as one alone.
    for address in sorted(address for address in known - fragments.keys() if "?" not in address or address in pages):
        fragments[address] = client.get(address, headers={"HX-Request": "true"})
    return pages, fragments


def kind_of(address):
    """The name of the view that answers."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def form_of(address):
    """What addresses share that differ in the values of their query alone."""
    parts = urlsplit(address)
    return parts.path, tuple(sorted(dict(parse_qsl(parts.query))))


def own_addresses(page, links):
    """Return those of the links on `page` that stay on this site, whole and without a fragment."""
    targets = {urldefrag(urljoin(page, link)).url for link in links}
    return sorted(target for target in targets if not urlsplit(target).scheme and not urlsplit(target).netloc)


def is_html(response):
    return response.headers.get("Content-Type", "").startswith("text/html")
