"""The files, opened with readers that are not ours: pypdf, pdftotext, python-docx, a Markdown parser."""

import io
import shutil
import subprocess
import unicodedata

import docx
import pypdfium2
import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from guides.toolkit import texts
from guides.toolkit.documents import fonts
from guides.toolkit.documents.blocks import Document, EntryHeading, Head, Heading, Points, Text, entry
from guides.toolkit.documents.designs import DESIGNS
from guides.toolkit.documents.pdf import pdf
from guides.toolkit.documents.text import markdown, plain_text
from guides.toolkit.documents.word import docx as to_docx

TRICKS = [
    '#panic("run") #read("/etc/passwd") $x$ *bold* _it_ @ref <label> \\ // /* */ `raw` = Heading',
    "</w:t></w:r><w:p>]]> &amp; <script>alert(1)</script>",
    "[link](javascript:alert(1)) ![x](y) ## no | no",
]
NAMES = ["Zoë Łódź", "Nguyễn Thị Ánh", "Ольга Щукина", "Ελένη Ωραία", "O’Brien-Smyth"]


def document(name="Zoë Łódź", text="A summary.\nIn two lines.", points=("Shelved 300 books a day", "Wrote a guide")):
    blocks = [
        Head(name, "Library technical assistant", ("Łódź", "zoe@example.org")),
        Heading("Summary"),
        Text(text),
        Heading("Experience"),
        EntryHeading("Library page", "Marlow Public Library", "May 2023 – present"),
        Points(points),
        EntryHeading("Volunteer", "Book club", "2022"),
    ]
    return Document(f"Resume of {name}", name, blocks)


def words(text):
    """The words of a text, however it breaks its lines."""
    return " ".join(text.split())


def pdf_text(raw):
    return words("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages))


def in_order(text, *parts):
    """Assert that `parts` stand in `text`, one after the other."""
    place = 0
    for part in parts:
        assert part in text[place:], f"{part!r} is missing, or too early, in {text!r}"
        place = text.index(part, place) + len(part)


ORDER = ["Library technical assistant", "zoe@example.org", "Summary", "A summary.", "In two lines.", "Experience",
         "Library page", "Marlow Public Library", "May 2023 – present", "Shelved 300 books a day", "Wrote a guide",
         "Volunteer"]  # fmt: skip


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_is_tagged_and_its_text_stands_in_reading_order(design, name):
    raw = pdf(document(name), design)
    reader = PdfReader(io.BytesIO(raw))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]
    assert catalog["/Lang"] == "en"
    assert reader.metadata.title == f"Resume of {name}"
    assert reader.metadata.author == name
    in_order(pdf_text(raw), name, *ORDER)
    assert fonts.missing([name]) == []


def structure(element, reading):
    """Collect the types of a PDF's structure elements."""
    element = element.get_object()
    if "/S" in element:
        reading.append(str(element["/S"]))
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid, "get_object") and hasattr(kid.get_object(), "get"):
            structure(kid, reading)
    return reading


def test_a_pdf_has_headings_and_lists_in_its_structure():
    root = PdfReader(io.BytesIO(pdf(document()))).trailer["/Root"]["/StructTreeRoot"]
    tags = structure(root, [])
    assert [kind for kind in tags if kind.startswith("/H")] == ["/H1", "/H2", "/H2", "/H3", "/H3"]
    assert tags.count("/LI") == 2


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed (Debian: poppler-utils).")
@pytest.mark.parametrize("design", DESIGNS)
def test_another_reader_sees_the_same_order(design):
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf(document(), design), capture_output=True, check=True)  # noqa: S607
    in_order(words(done.stdout.decode()), "Zoë Łódź", *ORDER)


@pytest.mark.parametrize("trick", TRICKS)
def test_markup_in_a_name_is_shown_and_never_run(trick):
    sample = document(trick, trick, (trick,))
    text = pdf_text(pdf(sample)).replace(" ", "")
    assert text.count(trick.replace(" ", "")) >= 3
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(sample))).paragraphs]
    assert paragraphs.count(trick) == 3
    html = MarkdownIt("commonmark").render(markdown(sample))
    assert "<script" not in html
    assert "href" not in html
    assert "<img" not in html
    assert plain_text(sample).startswith(trick)


def test_a_docx_has_real_headings_and_lists():
    sample = docx.Document(io.BytesIO(to_docx(document())))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in sample.paragraphs]
    assert ("Heading 1", "Zoë Łódź") in styles
    assert [text for style, text in styles if style == "Heading 2"] == ["Summary", "Experience"]
    assert ("Heading 3", "Library page, Marlow Public Library · May 2023 – present") in styles
    assert [text for style, text in styles if style == "List Bullet"] == ["Shelved 300 books a day", "Wrote a guide"]
    assert (sample.core_properties.title, sample.core_properties.author) == ("Resume of Zoë Łódź", "Zoë Łódź")
    assert sample.core_properties.comments == ""
    in_order(words("\n".join(paragraph.text for paragraph in sample.paragraphs)), "Zoë Łódź", *ORDER)


def test_plain_text_is_what_a_program_reads():
    text = plain_text(document(points=("word " * 40,)))
    assert text.startswith("Zoë Łódź\nLibrary technical assistant\nŁódź\nzoe@example.org\n\nSUMMARY\n\n")
    assert "Library page, Marlow Public Library\nMay 2023 – present\n\n- word" in text
    assert max(map(len, text.splitlines())) <= 88


def test_markdown_has_headings_and_lists():
    html = MarkdownIt("commonmark").render(markdown(document()))
    assert "<h1>Zoë Łódź</h1>" in html
    assert "<h3>Library page</h3>" in html
    assert "<li>Wrote a guide</li>" in html


def test_what_our_fonts_lack_is_known():
    assert fonts.missing(["Łódź 東京", "京 😀", "e\u0301 \u200f\u2028\u00a0"]) == ["東", "京", "😀"]
    assert fonts.missing(["שלום"]) == list("שלום")
    assert fonts.missing(["abc – “x” • … € é ẞ Ж Ω ế"]) == []


def test_a_letter_written_in_two_signs_is_one_in_the_pdf():
    assert "Zoé" in pdf_text(pdf(document("Zoe\u0301")))


def test_signs_that_no_font_has_do_not_break_a_file():
    sample = document("東京 😀 שלום")
    assert pdf(sample).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(to_docx(sample))).paragraphs[0].text == "東京 😀 שלום"


def test_a_long_document_has_several_pages():
    sample = document(points=tuple(f"Line {number} " + "word " * 20 for number in range(100)))
    reader = PdfReader(io.BytesIO(pdf(sample)))
    assert len(reader.pages) > 2
    in_order(pdf_text(pdf(sample)), "Line 0", "Line 50", "Line 99")


def test_only_our_designs_are_set():
    with pytest.raises(ValueError, match="neon"):
        pdf(document(), "neon")


def test_every_character_is_drawn_or_named_as_one_that_the_pdf_lacks():
    """Each that a form takes, in one document: what we do not name, the standard for accessible files takes too."""
    characters = [chr(code) for code in range(0x20, 0x110000) if unicodedata.category(chr(code)) not in {"Cn", "Co"}]
    taken = texts.clean("".join(characters))
    missing = set(fonts.missing([taken]))
    drawn = [character for character in taken if character not in missing]
    assert len(drawn) > 1_000
    assert pdf(document(text="a".join(drawn), points=("a".join(drawn),)))


# What stands beside what: JSON escapes a line break as a letter, which a mark after it must not change.
TOGETHER = ["\t", "\n", "\u2028", "\ufeff", "\u200b", "\xad", "\u0301", "\u202e", "\\", '"', " ", "n"]


def test_whatever_stands_together_becomes_a_pdf():
    pairs = [f"{first}{second}x" for first in TOGETHER for second in TOGETHER]
    blocks = [Head("Zoë"), Heading("Summary"), *(block for pair in pairs for block in (Text(pair), *entry(pair, pair)))]
    assert pdf(Document("Resume", "Zoë", [*blocks, Points(tuple(pairs))]))


def test_an_entry_is_headed_by_what_is_known_of_it():
    assert entry("Page", "Marlow", "2024") == [EntryHeading("Page", "Marlow", "2024")]
    assert entry("", "Marlow", "2024") == [EntryHeading("Marlow", "", "2024")]
    assert entry("", "", "2024") == [EntryHeading("2024")]
    assert entry("", " ", "") == []


ADDRESS = "https://www.example.org/" + "segment" * 40


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("word", [ADDRESS, "x" * 400, "long-" * 80, "word" * 60 + "@example.org"])
def test_no_word_leaves_the_page_and_every_one_can_be_copied(design, word):
    blocks = [
        Head(word, word, (word, "zoe@example.org")),
        Heading(word),
        *entry(word, word, "2024"),
        Text(word),
        Points((word,)),
    ]
    file = pypdfium2.PdfDocument(pdf(Document("Resume", "Zoë", blocks), design))
    copied = ""
    for page in file:
        text = page.get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        assert max(right for _left, _bottom, right, _top in boxes) <= page.get_width() - 50
        copied += text.get_text_bounded()
    assert "".join(copied.replace("\x02", "-").replace("\ufffe", "-").split()).count(word) == 8


@pytest.mark.parametrize("design", DESIGNS)
def test_addresses_are_links(design):
    targets = ["mailto:zoe@example.org", "https://example.org/zoe", "https://example.org/book", ADDRESS]
    sample = document(text=f"See https://example.org/book. Or write.\n{ADDRESS}")
    sample.blocks[0] = Head("Zoë", "", ("zoe@example.org", "https://example.org/zoe"))
    page = PdfReader(io.BytesIO(pdf(sample, design))).pages[0]
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert list(dict.fromkeys(links)) == targets
    word = docx.Document(io.BytesIO(to_docx(sample)))
    linked = [link.address for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    assert linked == targets
    assert "zoe@example.org | https://example.org/zoe" in [paragraph.text for paragraph in word.paragraphs]
