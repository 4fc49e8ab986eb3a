"""What feeds write as HTML, to plain text: titles in one line, texts in lines, an excerpt; and where links may lead."""

import html
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import lxml.html
from lxml import etree

# What ends a line where people read it.
BLOCKS = frozenset(
    "address article aside br div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p section table td th tr ul".split()
)
SILENT = ("script", "style", "template", "noscript", "iframe", "object")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
# Signs that no page can show, or that turn the direction of what stands behind them.
UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
LONGEST = 60_000
EXCERPT = 320
# What counts whence somebody came, and is no part of a posting's address.
COUNTING = re.compile(r"utm_\w+|gh_src|src|source|fbclid|gclid|mc_[ce]id", re.IGNORECASE)


def plain(text: str) -> str:
    """Return the words of an HTML text, a line for each block. HTML that was escaped once more is HTML all the same."""
    text = text[:LONGEST]
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    if TAG.search(text):
        text = _without_tags(text)
    elif "&" in text:
        text = html.unescape(text)
    lines = (" ".join(UNSHOWN.sub("", line).replace("\xa0", " ").split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def _without_tags(text: str) -> str:
    try:
        root = lxml.html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return html.unescape(TAG.sub(" ", text))
    etree.strip_elements(root, *SILENT, with_tail=False)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in BLOCKS:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
        elif not isinstance(element.tag, str):
            element.text = ""
    return "".join(root.itertext())


def line(text: str, longest: int) -> str:
    """Return an HTML text as one line of so many characters at most."""
    said = " ".join(plain(text).split())
    return said if len(said) <= longest else f"{said[: longest - 1].rstrip()}…"


def excerpt(text: str) -> str:
    """Return how a plain text begins: whole sentences where they fit, else whole words."""
    said = " ".join(text.split())
    if len(said) <= EXCERPT:
        return said
    cut = said[:EXCERPT]
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)", cut)]
    if ends and ends[-1] > EXCERPT // 2:
        return cut[: ends[-1]]
    return f"{cut.rpartition(' ')[0].rstrip(',;:')}…"


def address(link: str, base: str) -> str:
    """Return where a posting leads, whole; '' for what is no address of the web, such as a script."""
    link = UNSHOWN.sub("", html.unescape(link)).strip()
    try:
        whole = urljoin(base, link) if link else ""
        parts = urlsplit(whole)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(whole) > 500:
            return ""
    except ValueError:
        return ""
    return "" if re.search(r"[\s<>\"\\]", whole) else whole


def same_address(address: str) -> str:
    """Return an address as it is compared with that of another feed: without what counts visitors."""
    parts = urlsplit(address)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not COUNTING.fullmatch(name)])
    host = (parts.hostname or "").removeprefix("www.")
    return urlunsplit(("https", host, parts.path.rstrip("/"), query, ""))
