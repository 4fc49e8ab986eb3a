"""Uploaded pictures, honest and hostile: each is refused with a sentence, or comes out clean."""

import struct
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guides import drawings, picture_files
from guides.models import PictureFile
from guides.picture_errors import PictureRefused

from . import files

pytestmark = pytest.mark.django_db


def kept(upload):
    """The files that become of an upload, by what follows their hash."""
    stem, _dot, _form = picture_files.store(upload).partition(".")
    return {file.name.removeprefix(stem): file for file in PictureFile.objects.filter(name__startswith=stem)}


def pixels(file):
    return Image.open(BytesIO(bytes(file.content)))


def is_bare(file):
    """Whether a file holds nothing beside its pixels, to any program."""
    content, image = bytes(file.content), pixels(file)
    told = {
        "exif",
        "xmp",
        "icc_profile",
        "comment",
        "photoshop",
        "dpi",
        "Author",
        "XML:com.adobe.xmp",
    } & image.info.keys()
    return not told and not image.getexif() and not any(secret in content for secret in files.SECRETS)


@pytest.mark.parametrize("upload", [files.telling_jpeg(), files.telling_png(), files.telling_webp()])
def test_what_a_picture_tells_of_place_camera_and_person_is_gone(upload):
    assert any(secret in upload for secret in files.SECRETS)
    made = kept(upload)
    assert len(made) == 2
    assert all(is_bare(file) for file in made.values())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_its_camera_was_held(orientation):
    """The sides of red and blue after what EXIF asks for, by the standard."""
    made = kept(files.telling_jpeg(orientation))[".jpg"]
    image = pixels(made).convert("RGB")
    assert (made.width, made.height) == image.size == ((160, 80) if orientation < 5 else (80, 160))
    width, height = image.size
    red = {
        "left": (2, height // 2),
        "right": (width - 3, height // 2),
        "top": (width // 2, 2),
        "bottom": (width // 2, height - 3),
    }
    side = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}[orientation]
    assert image.getpixel(red[side])[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr"])
def test_every_way_to_hold_colours_becomes_one_that_browsers_show(mode):
    if mode == "I;16":
        grey = Image.frombytes("I;16", (80, 40), struct.pack("<H", 0x8000) * 3200)
        made = kept(files.written(grey, "PNG"))
        assert abs(pixels(made[".png"]).convert("L").getpixel((1, 1)) - 128) <= 1
        return
    form = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    made = kept(files.written(files.drawn(mode=mode), form))
    image = pixels(made[".jpg" if form == "JPEG" else ".png"])
    assert image.mode in {"L", "RGB", "RGBA"}
    left = image.convert("RGB").getpixel((2, 20))
    assert left[0] > 200 or mode in {"1", "L", "LA"}


def test_what_shines_through_still_does():
    image = files.drawn(mode="RGBA")
    image.putalpha(100)
    for form in ("PNG", "WEBP"):
        made = kept(files.written(image, form))
        # No form for photographs can hold it.
        assert pixels(made[".png"]).getpixel((1, 1))[3] == 100
        assert pixels(made[".webp"]).mode == "RGBA"
    transparent = files.drawn().quantize(4)
    made = kept(files.written(transparent, "PNG", transparency=0))
    assert pixels(made[".png"]).mode == "RGBA"


def test_a_large_picture_becomes_what_pages_need():
    made = kept(files.written(Image.effect_noise((3000, 1500), 40).convert("RGB"), "JPEG"))
    assert {suffix: (file.width, file.height) for suffix, file in made.items()} == {
        ".jpg": (1280, 640),
        ".webp": (1280, 640),
        "-640.webp": (640, 320),
    }
    assert all(
        pixels(file).size == (file.width, file.height) and file.size == len(file.content) for file in made.values()
    )
    tall = kept(files.written(files.drawn((40, 6000)), "PNG"))
    assert (tall[".png"].width, tall[".png"].height) == (11, 1600)


def test_a_telephone_s_photograph_is_unpacked_no_larger_than_it_is_needed(monkeypatch):
    upload, unpacked = files.written(files.drawn((8000, 6000), "RGB"), "JPEG", quality=40), []
    upright = picture_files._upright
    monkeypatch.setattr(picture_files, "_upright", lambda image: unpacked.append(image.size) or upright(image))
    main = kept(upload)[".jpg"]
    assert unpacked == [(4000, 3000)]
    assert max(main.width, main.height) == picture_files.WIDEST
    image = pixels(main)
    assert image.getpixel((10, 10))[0] > 200 > 100 > image.getpixel((main.width - 10, 10))[0], "the left half is red"


def test_the_same_picture_is_kept_once_and_has_the_same_name():
    upload = files.telling_png()
    assert picture_files.store(upload) == picture_files.store(upload)
    assert PictureFile.objects.count() == 2


def test_a_form_is_known_by_what_it_is_and_what_hangs_behind_it_is_gone():
    polyglot = files.written(files.drawn(), "JPEG") + b"PK\x03\x04<html><script>alert(1)</script></html>SECRETPLACE"
    made = kept(polyglot)
    assert set(made) == {".jpg", ".webp"}
    assert b"<script>" not in bytes(made[".jpg"].content)
    phone = files.written(files.drawn(), "MPO", save_all=True, append_images=[files.drawn((20, 20))])
    assert set(kept(phone)) == {".jpg", ".webp"}


BROKEN_PNG = files.written(files.drawn((400, 400)), "PNG")
NOISE = files.written(Image.effect_noise((300, 300), 60), "JPEG")


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (b"", "no PNG, JPEG, WebP or SVG"),
        (b"words", "no PNG, JPEG, WebP or SVG"),
        (b"<html><body>words</body></html>", "no SVG"),
        (b"%PDF-1.7 words", "no PNG, JPEG, WebP or SVG"),
        (b"GIF89a" + b"\0" * 20, "no PNG, JPEG, WebP or SVG"),
        (files.written(files.drawn(), "TIFF"), "no PNG, JPEG, WebP or SVG"),
        (files.written(files.drawn(), "BMP"), "no PNG, JPEG, WebP or SVG"),
        (b"\x89PNG\r\n\x1a\n", "no PNG, JPEG, WebP or SVG"),
        (BROKEN_PNG[:-60], "damaged or cut off"),
        (BROKEN_PNG[:60] + b"\xff" * 20 + BROKEN_PNG[80:], "damaged or cut off"),
        (NOISE[: len(NOISE) // 2], "damaged or cut off"),
        (files.moving("PNG"), "moves"),
        (files.moving("WEBP"), "moves"),
        (files.written(files.drawn((8, 8)), "PNG"), "only 8 × 8 pixels"),
        (files.written(Image.new("1", (5001, 5000)), "PNG"), "5001 × 5000 pixels, which is more than 25 million"),
        (files.written(Image.new("1", (8001, 8000)), "JPEG"), "which is more than 64 million"),
        (b"\0" * 12_000_001, "more than 12 MB"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(upload, said):
    with pytest.raises(PictureRefused, match=said):
        picture_files.store(upload)
    assert not PictureFile.objects.exists()


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    upload = files.bomb()
    assert len(upload) < 200_000
    unpacked = []
    monkeypatch.setattr(Image.Image, "load", lambda image: unpacked.append(image))
    with pytest.raises(PictureRefused, match="pixels"):
        picture_files.store(upload)
    assert not unpacked


def test_a_bomb_of_words_is_refused():
    with pytest.raises(PictureRefused, match="damaged"):
        picture_files.store(files.text_bomb())


@given(st.integers(0, len(NOISE) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_whatever_is_damaged_is_refused_or_clean(place, damage):
    try:
        image = picture_files._pixels(NOISE[:place] + damage + NOISE[place + len(damage) :])
    except PictureRefused:
        return
    assert image.mode in {"L", "RGB", "RGBA"}
    assert image.width * image.height <= picture_files.MOST_PIXELS_OF_JPEG


CLEAN = [
    (
        "<rect width='3' height='3' fill='url(#g)'/><linearGradient id='g'><stop offset='1'/></linearGradient>",
        "url(#g)",
    ),
    ("<style>.a{fill:red}</style><title>Caf\u00e9</title><text class='a'>hi</text>", "Caf\u00e9"),
    ("<use xlink:href='#a'/><g id='a'/>", '#a"'),
]


@pytest.mark.parametrize(("inside", "left"), CLEAN)
def test_a_drawing_keeps_what_it_is_drawn_of(inside, left):
    content, size = drawings.clean(files.drawing(inside))
    assert size == (640, 427)
    assert left in content.decode()
    assert drawings.clean(content) == (content, size)


def test_what_a_program_notes_in_a_drawing_is_gone():
    upload = files.drawing(
        "<!-- SECRETAUTHOR --><metadata><x>SECRETPLACE</x></metadata><i:view xmlns:i='urn:ink' at='SECRETPLACE'/><g/>",
        "viewBox='0 0 30 20' width='300px' height='200' xmlns:i='urn:ink' i:docname='SECRETPLACE'",
    )
    made = kept(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC 'a' 'b'>" + upload)
    assert set(made) == {".svg"}
    assert not any(secret in bytes(made[".svg"].content) for secret in files.SECRETS)
    assert (made[".svg"].width, made[".svg"].height) == (300, 200)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "“script”"),
        ("<SCRIPT>alert(1)</SCRIPT>", "“SCRIPT”"),
        ("<rect onclick='alert(1)'/>", "“onclick”"),
        ("<rect\nonload = 'alert(1)'/>", "“onload”"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "“foreignObject”"),
        ("<image href='https://evil.example/x.png'/>", "“image”"),
        ("<image href='data:image/png;base64,AAAA'/>", "“image”"),
        ("<a href='https://evil.example'><text>x</text></a>", "“a”"),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", "“animate”"),
        ("<set attributeName='onload' to='x'/>", "“set”"),
        ("<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>", "“script”"),
        ("<iframe src='/'/>", "“iframe”"),
    ],
)
def test_a_drawing_that_acts_or_fetches_is_refused_by_name(inside, said):
    with pytest.raises(PictureRefused, match=said):
        drawings.clean(files.drawing(inside))


@pytest.mark.parametrize(
    "inside",
    [
        "<use href='https://evil.example/#a'/>",
        "<use xlink:href='//evil.example/#a'/>",
        "<rect style='fill:url(https://evil.example/x)'/>",
        "<rect fill='url(//evil.example/x#a)'/>",
        "<style>@import url(https://evil.example/x.css);</style>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>.a{background:u\\72l(https://evil.example/)}</style>",
        "<style>.a{fill:url('https://evil.example/')}</style>",
        "<rect fill='url(&#104;ttps://evil.example/)'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<x:body xmlns:x='http://www.w3.org/1999/xhtml' />",
        "<g id='javascript:alert(1)'/>",
    ],
)
def test_what_is_left_of_a_drawing_leads_nowhere(inside):
    try:
        content, _size = drawings.clean(files.drawing(inside))
    except PictureRefused:
        return
    for hidden in (b"evil", b"http:", b"https:", b"import", b"javascript", b"alert", b"body"):
        assert hidden not in content.replace(b"http://www.w3.org/2000/svg", b""), content


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (files.drawing("<g>"), "cannot|can be read"),
        (files.drawing(attributes=""), "size"),
        (files.drawing(attributes="viewBox='0 0 0 20'"), "size"),
        (files.drawing(attributes="viewBox='0 0 30 3000'"), "size"),
        (b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + files.drawing("<text>&b;</text>"), "plain SVG"),
        (b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + files.drawing("<text>&a;</text>"), "plain SVG"),
        (files.drawing().decode().encode("utf-16"), "plain SVG"),
        (files.drawing("<g/>" * 6000), "elements"),
        (files.drawing("<g>" * 3000 + "</g>" * 3000), "read|elements"),
        (files.drawing("x" * 300_000), "300 KB"),
        (b"<svg><rect/></svg>", "no SVG"),
    ],
)
def test_a_drawing_that_is_none_is_refused(upload, said):
    with pytest.raises(PictureRefused, match=said):
        drawings.clean(upload)


def test_what_another_site_exported_is_taken_as_it_is_and_nothing_else():
    name = picture_files.store(files.telling_jpeg())
    content = bytes(PictureFile.objects.get(name=name).content)
    drawn = picture_files.store(files.drawing())
    drawing = bytes(PictureFile.objects.get(name=drawn).content)
    PictureFile.objects.all().delete()
    picture_files.take_in(name, content)
    picture_files.take_in(drawn, drawing)
    assert PictureFile.objects.count() == 3
    PictureFile.objects.all().delete()
    for upload in (files.telling_jpeg(), files.telling_png(), files.drawing("<!-- x -->")):
        own = picture_files._name(upload, "jpg" if upload[:1] == b"\xff" else "png" if upload[:1] == b"\x89" else "svg")
        with pytest.raises(PictureRefused, match="on its screen"):
            picture_files.take_in(own, upload)
    with pytest.raises(PictureRefused, match="changed on the way"):
        picture_files.take_in(name, content + b"x")
    assert not PictureFile.objects.exists()
