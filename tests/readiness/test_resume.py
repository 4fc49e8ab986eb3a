"""Starting from a resume: what is found, what is refused, and that nothing of it is kept."""

import logging
import tempfile
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from careerguide.models import RecentWrites
from guides.models import Skill
from guides.publishing import editions
from guides.readiness import answers
from guides.readiness.upload import extraction
from guides.readiness.views.resume import resume

from . import files
from .test_pages import text_of

ADDRESS = "/guides/bookbinder/skills-gap/resume/"
CANARY = "zebrafinch-7431"


@pytest.fixture
def circulation(checks):
    """The sample guide with a skill that the sample resume shows."""
    Skill.objects.filter(slug="skill-0").update(name="Circulation desk", also_known_as="")
    editions.publish(editions.save(checks))
    return checks


def upload(name, content):
    return {"file": SimpleUploadedFile(name, content)}


def test_the_form_is_private_and_sets_no_cookie_but_the_token(client, circulation):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert set(response.cookies) == {"csrf"}
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize(
    "sent",
    [
        {"text": files.TEXT},
        upload("resume.pdf", files.make_pdf()),
        upload("Resume.DOCX", files.make_docx()),
        upload("resume.txt", files.TEXT.encode()),
    ],
    ids=["pasted", "pdf", "docx", "txt"],
)
def test_skills_are_offered_with_the_words_they_were_found_in(client, circulation, sent):
    response = client.post(ADDRESS, sent)
    html = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert f'name="found" value="{answers.code("skill-0")}2" checked' in html
    assert "<mark>Ran the circulation desk</mark> and did data entry for three years" in html or (
        "Ran the <mark>circulation desk</mark> and did data entry for three years" in html
    )
    assert "words for 1 of 2 skills" in text_of(response)


def test_a_full_queue_says_when_to_try_again(client, circulation, monkeypatch):
    monkeypatch.setattr(extraction, "LONGEST_WAIT", 0.1)
    with extraction._turn:
        response = client.post(ADDRESS, upload("resume.txt", b"x"))
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_the_text_that_was_read_is_shown_and_can_be_mended(client, circulation):
    response = client.post(
        ADDRESS, upload("resume.pdf", files.make_pdf("circulationdeskofalibrarytownwelcomingpeople"))
    )
    page = text_of(response)
    assert "Its words run together" in page
    assert "circulationdeskofalibrarytownwelcomingpeople</textarea>" in response.content.decode()
    assert "<details open" in response.content.decode()
    mended = client.post(ADDRESS, {"text": "circulation desk of a library town, welcoming people"})
    assert "run together" not in text_of(mended)
    assert "words for 1 of 2 skills" in text_of(mended)


def test_a_resume_without_any_of_the_words(client, circulation):
    assert "none of the 2 skills" in text_of(client.post(ADDRESS, {"text": "I weld."}))


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({}, 422, "Paste the text of your resume, or choose a file."),
        ({"text": "  \n "}, 422, "Paste the text of your resume, or choose a file."),
        ({"text": "a" * 40_001}, 422, "Keep it under 40000 characters: you pasted 40001."),
        (upload("a.txt", b""), 422, "no text"),
        (upload("a.png", b"x"), 422, "Choose a PDF"),
        (upload("a.pdf", files.make_docx()), 422, "not what its name says"),
        (upload("a.pdf", files.make_pdf(text="")), 422, "may be a scan"),
        (upload("a.pdf", files.make_pdf(password="x")), 422, "locked with a password"),
        (upload("a.docx", files.make_docx_bomb(1_000)), 422, "unpacks to far more|took too long"),
        (upload("a.txt", b"x" * (2 * 1024 * 1024 + 1)), 413, "larger than 2 MB"),
        (upload("a.txt", b"x" * 4_000_000), 413, "larger than 2 MB"),
        (upload("x" * 300 + ".txt", b"some text of a resume"), 422, ""),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(client, circulation, sent, status, words):
    response = client.post(ADDRESS, sent)
    text = text_of(response)
    assert response.status_code == status
    assert any(part in text for part in words.split("|"))
    assert "Find my skills" in text  # the form is there again
    assert "no-store" in response["Cache-Control"]


def test_more_text_than_the_site_reads_at_once(client, circulation):
    response = client.post(ADDRESS, {"text": "a" * 1_600_000})
    assert response.status_code == 413
    assert "copy its text and paste that instead" in text_of(response)


def test_a_refused_form_keeps_the_pasted_text(client, circulation):
    html = client.post(ADDRESS, {"text": "b" * 40_001}).content.decode()
    assert "b" * 40_001 in html


def test_control_characters_and_script_do_no_harm(client, circulation):
    response = client.post(ADDRESS, {"text": "\0\x08 circulation desk <script>alert(1)</script>"})
    assert b"<script>alert" not in response.content
    assert response.status_code in {200, 422}


def test_the_token_is_asked_for(circulation):
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, {"text": files.TEXT}).status_code == 403
    page = client.get(ADDRESS)
    token = page.context["csrf_token"]
    assert client.post(ADDRESS, {"text": files.TEXT, "csrfmiddlewaretoken": token}).status_code == 200
    sent = upload("resume.txt", files.TEXT.encode()) | {"csrfmiddlewaretoken": token}
    assert client.post(ADDRESS, sent).status_code == 200


def test_other_methods_are_refused(client, circulation):
    assert client.put(ADDRESS).status_code == 405


def test_uploads_are_throttled(client, circulation):
    """A class of sixty is not, five times over; a flood is."""
    assert {client.post(ADDRESS, {"text": "x"}).status_code for _ in range(60)} == {200}
    RecentWrites.objects.filter(name="resume").update(count=resume.limit.most - 1)
    assert [client.post(ADDRESS, {"text": "x"}).status_code for _ in range(3)] == [200, 429, 429]
    assert resume.limit.most == 300


@pytest.mark.parametrize(
    "sent",
    [
        {"text": f"{CANARY} circulation desk"},
        upload("resume.txt", f"{CANARY} circulation desk, and more words".encode()),
        upload(f"{CANARY}.txt", f"{CANARY} circulation desk, and more words".encode()),
        upload("resume.pdf", files.make_pdf(f"{CANARY} circulation desk, and more words")),
        upload("resume.docx", files.make_docx(f"{CANARY} circulation desk, and more words")),
        upload("resume.pdf", f"%PDF-1.4 {CANARY}".encode() * 100),
        upload("large.txt", f"{CANARY} circulation desk ".encode() * 60_000),
        upload("too-large.txt", f"{CANARY} circulation desk ".encode() * 80_000),
        {"text": CANARY * 4_000},
    ],
    ids=["pasted", "txt", "name", "pdf", "docx", "broken", "large", "too large", "too long"],
)
def test_nothing_of_a_resume_is_kept(client, circulation, sent, tmp_path, monkeypatch, settings, caplog, capfd):
    """A canary put through the box is in no log, address, cookie, cache, table or temporary file."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    opened = []
    monkeypatch.setattr(tempfile, "_mkstemp_inner", lambda *args, **kwargs: opened.append(args))
    caplog.set_level(logging.DEBUG)

    response = client.post(ADDRESS, sent)

    assert response.status_code in {200, 413, 422}
    out, err = capfd.readouterr()
    logged = out + err + caplog.text
    assert CANARY not in logged
    assert CANARY not in str(response.headers) + str(response.cookies)
    for attribute in ("href=", "action=", "data-hx-get="):
        assert not any(CANARY in part.split('"')[1] for part in response.content.decode().split(attribute)[1:])
    assert opened == []
    assert list(tmp_path.iterdir()) == []
    assert CANARY not in all_rows()
    assert CANARY not in "".join(str(vars(cache)) for cache in caches.all())


def all_rows():
    """Every value in every table, as one text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - the database's own names
            rows += [bytes(value) if isinstance(value, memoryview) else value for row in cursor for value in row]
    return str(rows)


def test_the_worker_is_no_module_of_the_site():
    source = Path(files.__file__).parent.parent.parent / "guides" / "readiness" / "upload" / "worker.py"
    assert "import django" not in source.read_text().lower()
