"""Every design, read back: by our own reader, field by field, and by programs that are not ours, in order."""

import io
import shutil
import subprocess

import docx
import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image, ImageChops
from pypdf import PdfReader

from guides.toolkit.documents.designs import DESIGNS
from guides.toolkit.documents.pdf import pdf
from guides.toolkit.documents.word import docx as to_docx
from guides.toolkit.letters import checks as letter_checks
from guides.toolkit.letters import layout as letter_layout
from guides.toolkit.letters.draft import Letter
from guides.toolkit.management.commands import draw_designs
from guides.toolkit.resume import incoming, jsonresume, layout

RICH = {
    "basics": {
        "name": "Zoë Łódź",
        "label": "Library technical assistant",
        "email": "zoe@example.org",
        "phone": "(555) 010-1234",
        "url": "https://zoe.example.org/work",
        "summary": "Eight years at the desk and behind it. Copy-catalogs in Alma, trains new staff and keeps the holds "
        "moving. Now looks for a post in technical services.",
        "location": {"city": "Dayton", "region": "OH"},
        "profiles": [{"network": "LinkedIn", "url": "https://linkedin.com/in/zoe-lodz"}],
    },
    "work": [
        {
            "position": "Library Technical Assistant",
            "name": "Dayton Metro Library",
            "location": "Dayton, OH",
            "startDate": "2021-08",
            "summary": "Technical services for nine branches.",
            "highlights": [
                "Copy-catalog some 60 titles a day in Alma and OCLC Connexion to RDA standards, with an error rate "
                "below 1 percent in yearly checks",
                "Cut the time from delivery to shelf from 12 days to 5",
            ],
        },
        {
            "position": "Circulation Clerk",
            "name": "Marlow Public Library",
            "location": "Marlow, OH",
            "startDate": "2018-06",
            "endDate": "2021-07",
            "highlights": ["Ran the desk for up to 400 visitors a day", "Trained six pages"],
        },
        {
            "position": "Cashier",
            "name": "Corner Market",
            "startDate": "2016",
            "endDate": "2018",
            "highlights": ["Balanced a drawer of $2,000 each night"],
        },
    ],
    "education": [
        {
            "studyType": "Associate of Applied Science",
            "area": "Library Services",
            "institution": "Sinclair Community College",
            "endDate": "2019-05",
            "score": "GPA 3.8, with honors",
        },
        {
            "studyType": "Bachelor of Arts",
            "area": "History",
            "institution": "Wright State University",
            "startDate": "2013",
            "endDate": "2016-05",
            "courses": ["Archives", "Paleography"],
        },
        {"studyType": "High school diploma", "institution": "Marlow High School", "endDate": "2013"},
    ],
    "certificates": [
        {"name": "Library Support Staff Certification", "issuer": "ALA Allied Professional Association",
         "date": "2023-11"},
        {"name": "First Aid Certificate", "issuer": "Red Cross", "date": "2022"},
    ],
    "skills": [
        {"name": "Cataloging", "keywords": ["MARC 21", "RDA", "Dewey and Library of Congress classification"]},
        {"name": "Systems", "keywords": ["Alma", "Koha", "WorldShare ILL"]},
    ],
    "volunteer": [
        {
            "position": "Tutor",
            "organization": "Friends of Marlow Library",
            "startDate": "2019-09",
            "endDate": "2020-03",
            "highlights": ["Taught 12 adults to read"],
        }
    ],
    "languages": [{"language": "Spanish", "fluency": "fluent"}, {"language": "Polish", "fluency": "native"}],
    "projects": [
        {
            "name": "Move to Alma",
            "entity": "Dayton Metro Library",
            "startDate": "2022-02",
            "endDate": "2022-11",
            "url": "https://example.org/move",
            "highlights": ["Tested 140 workflows"],
        }
    ],
    "publications": [{"name": "Labels that last", "publisher": "Ohio Libraries", "releaseDate": "2024-04"}],
    "presentations": [{"name": "Reading a license aloud", "entity": "Ohio Library Day", "startDate": "2024-10"}],
    "teaching": [
        {"name": "Usage data for beginners", "entity": "Sinclair Community College", "startDate": "2021-09",
         "highlights": ["Once a term, to 20 people"]}
    ],
    "service": [{"name": "Chair", "entity": "Technical Services Section", "startDate": "2024-01",
                 "endDate": "2025-01"}],
    "grants": [{"name": "Comparison of packages", "entity": "Ohio Library Council", "startDate": "2022"}],
    "awards": [{"title": "Page of the Year", "awarder": "Marlow Public Library", "date": "2018-12"}],
    "interests": [{"name": "Letterpress"}, {"name": "Hiking"}],
}  # fmt: skip
SHIPPED = settings.BASE_DIR / "static" / "designs"
READERS = {
    "pypdf": lambda raw: "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages),
    "pdfium": lambda raw: "\n".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(raw, autoclose=True)
    ),
    "pdftotext": lambda raw: by_poppler(raw, "-"),
    "pdftotext by places": lambda raw: by_poppler(raw, "-layout", "-"),
}


def by_poppler(raw, *options):
    return subprocess.run(["pdftotext", "-", *options], input=raw, capture_output=True, check=True).stdout.decode()  # noqa: S607


def words(text):
    """The words of a text, without what lines and points are marked by."""
    return " ".join(text.replace("•", " ").replace("·", " ").replace("\ufffe", "-").split())


def said(document):
    """Every text of a document, in order."""
    return [words(part) for text in document.strings() for part in text.splitlines() if part.strip()]


@pytest.mark.parametrize("design", DESIGNS)
def test_each_field_order_and_date_comes_back_from_each_design(design):
    document = layout.document(RICH)
    for kind, raw in (("pdf", pdf(document, design)), ("docx", to_docx(document, design))):
        taken = incoming.from_file(SimpleUploadedFile(f"resume.{kind}", raw))
        assert not taken.draft.unplaced, kind
        read = jsonresume.to_json(taken.draft)
        assert {key: read[key] for key in RICH} == RICH, kind
        assert [key for key in read if key in RICH] == list(RICH), kind


@pytest.mark.parametrize("design", DESIGNS)
def test_other_programs_read_each_design_in_order(design):
    document = layout.document(RICH)
    raw = pdf(document, design)
    for name, read in READERS.items():
        if "pdftotext" in name and not shutil.which("pdftotext"):
            continue
        text, place = words(read(raw)), 0
        for part in said(document):
            assert part in text[place:], (name, part, text)
            place = text.index(part, place) + len(part)
    paragraphs = [words(each.text) for each in docx.Document(io.BytesIO(to_docx(document, design))).paragraphs]
    text, place = " ".join(paragraphs), 0
    for part in said(document):
        assert part in text[place:], ("python-docx", part)
        place = text.index(part, place) + len(part)


def test_each_design_is_chosen_by_a_picture_of_its_own_and_differs_in_every_file(client, guide):
    page = client.get("/guides/bookbinder/toolkit/resume/build/").content.decode()
    assert len(DESIGNS) >= 4
    pictures, pages, looks = [], [], []
    for name, design in DESIGNS.items():
        assert f'src="/static/designs/{name}.webp" alt="{design.about}"' in page
        with Image.open(SHIPPED / f"{name}.webp") as picture:
            assert picture.size == (264, 204)
            pictures.append(picture.convert("L").tobytes())
        file = pypdfium2.PdfDocument(pdf(layout.document(RICH), name), autoclose=True)
        pages.append(file[0].render(scale=0.2).to_pil().tobytes())
        heading = docx.Document(io.BytesIO(to_docx(layout.document(RICH), name))).styles["Heading 2"]
        looks.append(str(heading.element.xml))
        sent = {"basics.name": "Zoë", "do": "docx", "design": name}
        raw = client.post("/guides/bookbinder/toolkit/resume/build/", sent).content
        assert docx.Document(io.BytesIO(raw)).styles["Heading 2"].element.xml == heading.element.xml
    for each in (pictures, pages, looks):
        assert len(set(each)) == len(DESIGNS)
    # Every two pictures differ where one sees it, and not by a shade.
    for number, one in enumerate(pictures):
        for other in pictures[number + 1 :]:
            assert sum(abs(a - b) > 40 for a, b in zip(one, other, strict=True)) > len(one) / 100


def test_the_pictures_are_those_that_the_command_draws(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(draw_designs, "FOLDER", tmp_path)
    call_command("draw_designs")
    assert "5 pictures" in capsys.readouterr().out
    for name in DESIGNS:
        with Image.open(tmp_path / f"{name}.webp") as new, Image.open(SHIPPED / f"{name}.webp") as old:
            far = ImageChops.difference(new.convert("L"), old.convert("L")).point(lambda shade: shade > 60)
            assert sum(far.histogram()[1:]) < 264 * 204 / 100, "draw it anew: manage.py draw_designs"


@pytest.mark.parametrize("design", DESIGNS)
def test_a_letter_that_is_said_to_fill_one_page_fills_one(design):
    words_ = ("experience library catalog the holds shelf of and to morning system " * 50).split()[: letter_checks.LONG]
    paragraphs = [" ".join(words_[start : start + 70]) for start in range(0, len(words_), 70)]
    values = {"name": "Zoë", "email": "zoe@example.org", "date": "November 28, 2026", "to": "Jane Doe\nA\nB\nC"}
    letter = Letter(values, "\n\n".join(paragraphs))
    document = letter_layout.document(letter)
    assert "one page" in next(each.text for each in letter_checks.check(letter, document) if each.good)
    assert len(PdfReader(io.BytesIO(pdf(document, design))).pages) == 1
