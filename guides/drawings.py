"""Drawings in SVG: cleaned by a library made for it (svg-hush), then held to a list of what a drawing needs.

An SVG is a program as much as a picture. What only describes the drawing goes in silence: comments, metadata, what a
drawing program notes for itself. What would act or fetch has the file refused, and named.
"""

import re

import py_svg_hush
from django.utils.translation import gettext as _
from lxml import etree

from .picture_errors import PictureRefused

MOST_BYTES = 300_000
MOST_ELEMENTS = 5_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SVG = "http://www.w3.org/2000/svg"
# What a drawing is made of. Nothing of it acts, nothing fetches.
ELEMENTS = set(
    "svg g path rect circle ellipse line polyline polygon text tspan textPath title desc defs use symbol marker "
    "linearGradient radialGradient stop clipPath mask pattern style".split()
)
# What has a file refused wherever it stands: cleaning would leave another drawing than its author made.
ACTING = re.compile(
    rb"<\s*(?:[\w-]+:)?(script|foreignObject|iframe|embed|object|audio|video|image|animate\w*|set|handler|listener|a)\b",
    re.IGNORECASE,
)
HANDLER = re.compile(rb"[\s\"'/](on[a-z]+)\s*=", re.IGNORECASE)
# An address in a style that is not a part of the drawing itself, and the ways to hide one.
FETCHING = re.compile(r"url\(\s*[\"']?(?!#)|@|\\|expression|javascript:|https?:", re.IGNORECASE)
LENGTH = re.compile(r"\s*([0-9]{1,5}(?:\.[0-9]+)?)(?:px)?\s*")
# As wide as a drawing is shown that does not say how wide it is, in pixels.
WIDTH = 640
WIDEST = 1280


def looks_like_one(upload: bytes) -> bool:
    """Whether a file is text that begins as XML does; one of pixels never is."""
    begins = upload.removeprefix(b"\xef\xbb\xbf")[:1]
    return begins in (b"<", b" ", b"\n", b"\r", b"\t") or upload[:2] in UTF_16


def clean(upload: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a drawing without anything that is none of it, and the pixels it is shown in. Raises PictureRefused."""
    if len(upload) > MOST_BYTES:
        raise PictureRefused(_("The drawing has more than %(most)d KB.") % {"most": MOST_BYTES // 1000})
    if b"<!ENTITY" in upload.upper() or upload[:2] in UTF_16:
        raise PictureRefused(_("The drawing is not plain SVG in UTF-8: save it as such."))
    if acting := ACTING.search(upload) or HANDLER.search(upload):
        raise PictureRefused(
            _("The drawing holds “%(what)s”, which acts or fetches: draw it without.")
            % {"what": acting[1].decode(errors="replace")}
        )
    try:
        hushed = py_svg_hush.filter_svg(upload, {})
        root = etree.fromstring(hushed, _parser())
    except (ValueError, etree.XMLSyntaxError) as error:
        raise PictureRefused(_("This is no SVG that can be read to its end.")) from error
    _hold_to_list(root)
    return etree.tostring(root, encoding="utf-8"), _size(root)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        remove_blank_text=True,
    )  # fmt: skip


def _hold_to_list(root: etree._Element) -> None:
    """Refuse what the list does not have: the cleaning knows more of SVG than a drawing needs."""
    if root.tag != f"{{{SVG}}}svg":
        raise PictureRefused(_("This is no SVG: its first element is not <svg>."))
    for count, element in enumerate(root.iter()):
        name = etree.QName(element)
        what = ""
        if count > MOST_ELEMENTS:
            raise PictureRefused(_("The drawing has more than %(most)d elements.") % {"most": MOST_ELEMENTS})
        if name.namespace != SVG or name.localname not in ELEMENTS:
            what = f"<{name.localname}>"
        elif name.localname == "style" and FETCHING.search(element.text or ""):
            what = "<style>"
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname
            is_own_place = local == "href" and str(value).startswith("#")
            if (local == "href" and not is_own_place) or local.lower().startswith("on") or FETCHING.search(str(value)):
                what = f"{local}=…"
        if what:
            raise PictureRefused(_("The drawing holds “%(what)s”, which no drawing here may.") % {"what": what})


def _size(root: etree._Element) -> tuple[int, int]:
    """The pixels that a drawing is shown in: as it says, else as wide as a text."""
    box = [float(part) for part in re.findall(r"-?[0-9]+(?:\.[0-9]+)?", str(root.get("viewBox") or ""))]
    lengths = [LENGTH.fullmatch(str(root.get(name) or "")) for name in ("width", "height")]
    said = [float(length[1]) for length in lengths if length]
    across, down = box[2:4] if len(box) == 4 else said if len(said) == 2 else (0.0, 0.0)
    if across <= 0 or down <= 0 or not 1 / 20 <= across / down <= 20:
        raise PictureRefused(_("The drawing does not say its size: give it a viewBox."))
    width = round(min(said[0] if len(said) == 2 and said[0] else WIDTH, WIDEST))
    return max(width, 1), max(round(width * down / across), 1)
