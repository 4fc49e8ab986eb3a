"""What a feed's address sent, made ready for readers: as XML, JSON or HTML, whichever it is, in whatever charset."""

import codecs
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import lxml.html
from lxml import etree

from .found import Unreadable

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
# What XML allows no text to hold; broken feeds do.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Document:
    """The body that an address sent, and the Content-Type that its server gave it."""

    url: str
    content_type: str
    body: bytes

    @cached_property
    def text(self) -> str:
        """The body as text: by its mark, its declaration or its header, whichever is true of it; else as Windows' own
        charset, which is what pages are written in that say nothing or something wrong."""
        marked = [charset for mark, charset in MARKS.items() if self.body.startswith(mark)]
        declared = [found[1].decode("ascii") for found in [DECLARED.search(self.body[:200])] if found]
        served = [found[1] for found in [CHARSET.search(self.content_type)] if found]
        for charset in [*marked, *declared, *served, "utf-8"]:
            try:
                return self.body.decode(charset)
            except (UnicodeDecodeError, LookupError):
                continue
        return self.body.decode("cp1252", errors="replace")

    @cached_property
    def start(self) -> str:
        """How the text begins, without white space."""
        return self.text[:2_000].lstrip("\ufeff \t\r\n")

    @cached_property
    def is_html(self) -> bool:
        """Whether it is a page for people."""
        return bool(re.match(r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", self.start, re.I | re.S))

    @cached_property
    def xml(self) -> Any:
        """Its root element, None where it is no XML. Raises Unreadable where it is XML that was cut off.

        No entity is followed and nothing is loaded. What real feeds have wrong, such as HTML's entities, is let pass.
        """
        if self.is_html or not self.start.startswith("<"):
            return None
        body = CONTROLS.sub("", self.text).lstrip("\ufeff \t\r\n").encode("utf-8", errors="replace")
        try:
            return etree.fromstring(body, _parser(recover=False))
        except etree.XMLSyntaxError as fault:
            root = etree.fromstring(body, _parser(recover=True))
            if root is None or not body.rstrip().endswith(f"{etree.QName(root).localname}>".encode()):
                raise Unreadable(f"It is no whole XML document: {fault.msg}.") from fault
            return root

    @cached_property
    def json(self) -> Any:
        """Its JSON value, None where it is none. Raises Unreadable where it is JSON that was cut off."""
        if self.start[:1] not in ("{", "["):
            return None
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except (ValueError, RecursionError) as fault:
            raise Unreadable(f"It is no whole JSON document: {fault}.") from fault

    @cached_property
    def html(self) -> Any:
        """Its root element as HTML, None where there is none."""
        if not self.is_html:
            return None
        try:
            return lxml.html.document_fromstring(CONTROLS.sub("", self.text).encode(), parser=_html_parser())
        except etree.ParserError:
            return None


def _parser(recover: bool) -> Any:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _html_parser() -> Any:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
