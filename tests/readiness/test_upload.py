"""Text out of uploaded files, and what happens with those made to do harm."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from guides.readiness.upload import extraction, worker
from guides.readiness.upload.extraction import ResumeRefused
from guides.readiness.upload.legibility import Flaw, flaw_of

from . import files

# Of the processor: what the worker may spend on a file, and what it takes to start; limits are whole seconds.
MOST_SECONDS = worker.SECONDS + 2


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.make_pdf(), "pdf"),
        (b"\n\n" + files.make_pdf(), "pdf"),
        (files.make_docx(), "docx"),
        (files.TEXT.encode(), "txt"),
        (files.TEXT.encode("utf-16"), "txt"),
        (f"{files.TEXT} Łódź – 東京".encode(), "txt"),
        (f"{files.TEXT} café “quoted”".encode("cp1252"), "txt"),
    ],
)
def test_text_is_taken_out(content, kind):
    assert "circulation desk" in " ".join(extraction.extract(content, kind).text.split())


def test_a_word_document_gives_a_line_a_paragraph_with_its_tables():
    content = files.make_docx("One paragraph of some length\nAnother paragraph of some length")
    text = extraction.extract(content, "docx").text
    assert "One paragraph of some length\nAnother paragraph of some length" in text
    assert "Spine labels" in text


GLUED = """Copy cataloging of new books with the library system
Interlibrary loan requests and course reserves every week
Customer service at the circulation desk"""


def test_words_that_are_apart_only_by_where_they_stand_are_read_apart():
    """LuaTeX and XeTeX write no spaces: they leave room between words. The first reader sees one long word."""
    content = files.make_pdf_without_spaces(GLUED)
    assert flaw_of(extraction.run(content, "pdf")["text"]) is Flaw.RUN_TOGETHER
    extract = extraction.extract(content, "pdf")
    assert (extract.text.split(), extract.flaw) == (GLUED.split(), None)


def test_text_that_stays_run_together_is_said_to_be():
    extract = extraction.extract(files.make_pdf(GLUED.replace(" ", "")), "pdf")
    assert extract.flaw is Flaw.RUN_TOGETHER


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Answered questions at the desk of a public library, and shelved books.", None),
        (GLUED.replace(" ", ""), Flaw.RUN_TOGETHER),
        (" ".join(GLUED), Flaw.APART),
        ("".join(chr(ord(letter) + 1) if letter.isalpha() else letter for letter in GLUED), Flaw.UNKNOWN),
        ("Auxiliar de biblioteca en la Biblioteca Municipal desde 2019. Préstamo de libros.", Flaw.UNKNOWN),
        ("Jordan Łódź", None),
        ("See https://www.example.org/alongaddressofapagethatnobodytypes for my work as a library aide.", None),
    ],
)
def test_what_is_wrong_with_a_text_is_noticed(text, flaw):
    assert flaw_of(text) is flaw


def test_every_resume_that_reads_well_is_said_to():
    for path in (Path(__file__).parent / "resumes").glob("*.txt"):
        assert flaw_of(path.read_text(encoding="utf-8")) is None, path.name


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("circu\u00adlation desk", "circulation desk"),
        ("circu\u00ad\nlation desk", "circulation desk"),
        ("cata-\nloging", "cataloging"),
        ("well-\nknown", "well-known"),
        ("- one\n- two", "- one\n- two"),
        ("o\ufb03ce \ufb01les", "office files"),
    ],
)
def test_words_are_whole_again(text, read):
    assert extraction.extract(f"{text} and some words more of it".encode(), "txt").text.startswith(read)


def test_a_word_document_is_read_in_the_order_of_its_reader():
    """Heads of even pages and boxes are read, once; boxes are apart from the paragraph that they hang from, tab stops
    are no tabs, and hyphens that hold a word together stay."""
    box = (
        f"<mc:AlternateContent {files.COMPATIBILITY}><mc:{{0}}><w:txbxContent>{{1}}</w:txbxContent></mc:{{0}}>"
        "</mc:AlternateContent>"
    )
    choice, fallback = (box.format(kind, files.paragraph("Boxed skills")) for kind in ("Choice", "Fallback"))
    body = (
        f"<w:p><w:r>{choice}{fallback}</w:r><w:r><w:t>Main text of the page</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Inter</w:t><w:noBreakHyphen/><w:t>library</w:t>"
        "<w:tab/><w:t>loan</w:t></w:r></w:p>"
    )
    parts = {"word/document.xml": body, "word/header3.xml": files.paragraph("Jordan Example")}
    parts |= {"word/header1.xml": files.paragraph("Jordan Example"), "word/footer2.xml": files.paragraph("Page two")}
    text = extraction.extract(files.make_word_parts(parts), "docx").text
    assert text.splitlines() == [
        "Jordan Example", "Main text of the page", "Boxed skills", "Inter-library\tloan", "Page two",
    ]  # fmt: skip


def test_a_pdf_that_is_locked_against_changes_only_can_be_read():
    body = files.make_pdf()
    locked = files.lock(body, "")
    assert b"/Encrypt" in locked
    assert "circulation" in extraction.extract(locked, "pdf").text


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (files.make_pdf(password="secret"), "pdf", "locked with a password"),
        (files.make_pdf(text=""), "pdf", "may be a scan"),
        (b"", "txt", "no text"),
        (b"", "pdf", "not what its name says"),
        (files.make_docx(), "pdf", "not what its name says"),
        (files.make_pdf(), "docx", "not what its name says"),
        (files.make_pdf(), "txt", "not what its name says"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "txt", "not what its name says"),
        (b"GIF89a" + bytes(2_000), "pdf", "not what its name says"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 100, "pdf", "could not read"),
        (files.make_pdf()[:200], "pdf", "could not read"),
        (b"PK\x03\x04" + b"junk" * 100, "docx", "could not read"),
        (files.make_zip("other.xml", b"<x/>"), "docx", "not what its name says"),
        (files.make_zip("word/document.xml", b"<w:document>" * 50_000), "docx", "could not read"),
        (files.make_zip("word/document.xml", b"not xml at all"), "docx", "could not read"),
        (files.make_laughs(), "docx", "could not read"),
        (files.make_pdf_loop(), "pdf", "could not|scan|took|far more"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(content, kind, words):
    with pytest.raises(ResumeRefused, match=words) as caught:
        extraction.extract(content, kind)
    assert caught.value.status == 422
    assert str(caught.value).endswith(".")


BOMBS = {
    "docx of 3 GB": (files.make_docx_bomb, "docx"),
    "docx of 3 GB in one element": (lambda: files.make_docx_bomb(beginning=b"<w"), "docx"),
    "pdf of 2 GB": (lambda: files.make_pdf(stream=files.bomb(1_900, raw=False)), "pdf"),
    "slow pdf": (files.make_slow_pdf, "pdf"),
    "deep pdf": (lambda: files.make_pdf(stream=None).replace(b"[0 0 612 792]", b"[" * 100_000), "pdf"),
}

MEASURE = """
import os, subprocess, sys
with open(sys.argv[3], "rb") as file:
    command = [sys.executable, "-I", "-B", sys.argv[1], sys.argv[2]]
    process = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL)
    usage = os.wait4(process.pid, 0)[2]
    print(usage.ru_maxrss, usage.ru_utime + usage.ru_stime)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_bounded_processor_time_and_memory(name, tmp_path):
    make, kind = BOMBS[name]
    content = make()
    assert len(content) < 4_000_000
    with pytest.raises(ResumeRefused):
        extraction.extract(content, kind)

    file = tmp_path / "bomb"
    file.write_bytes(content)
    for reader in filter(None, [kind, extraction.SECOND_READERS.get(kind)]):
        command = [sys.executable, "-c", MEASURE, extraction.WORKER, reader, file]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        peak, seconds = done.stdout.split()
        assert int(peak) < 64 * 1024  # kilobytes: all that the worker ever held, the interpreter included
        assert float(seconds) < MOST_SECONDS


def test_the_clock_of_a_busy_machine_is_not_held_against_a_file(monkeypatch, tmp_path):
    """What waits longer than the limit of processor time, and spends none of it, is read."""
    idle = tmp_path / "worker.py"
    code = extraction.WORKER.read_text().replace("    give_up_rights()\n", f"    give_up_rights()\n    {IDLE}\n")
    idle.write_text(code)
    monkeypatch.setattr(extraction, "WORKER", idle)
    assert "circulation" in extraction.extract(files.TEXT.encode(), "txt").text


IDLE = f"import time; time.sleep({worker.SECONDS + 1.5})"


def test_a_worker_that_hangs_is_ended(monkeypatch, tmp_path):
    hung = tmp_path / "worker.py"
    hung.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(extraction, "WORKER", hung)
    monkeypatch.setattr(extraction, "PATIENCE", 0.3)
    with pytest.raises(ResumeRefused, match="too long"):
        extraction.extract(b"x", "txt")


def test_a_second_file_waits_its_turn_and_is_refused_when_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(extraction, "LONGEST_WAIT", 0.1)
    with extraction._turn, pytest.raises(ResumeRefused) as caught:
        extraction.extract(b"x", "txt")
    assert (caught.value.status, caught.value.wait) == (503, 60)


def test_the_worker_can_write_no_file(tmp_path):
    code = f"""
import sys; sys.path.insert(0, {str(extraction.WORKER.parent)!r})
import worker; worker.give_up_rights()
try:
    with open({str(tmp_path / "kept")!r}, "w") as file: file.write("x" * 100)
except OSError: print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout == "refused\n" or done.returncode != 0
    assert (tmp_path / "kept").stat().st_size == 0


@pytest.mark.parametrize("name", ["resume.doc", "resume", "", "resume.exe", "resume.pdf.png", ".pdf"])
def test_other_endings_are_refused(name):
    with pytest.raises(ResumeRefused, match="Choose a PDF"):
        extraction.text_of(SimpleNamespace(name=name, size=10, read=lambda: b""))


def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(ResumeRefused, match="larger than 2 MB") as caught:
        extraction.text_of(SimpleNamespace(name="a.pdf", size=extraction.LARGEST_FILE + 1, read=None))
    assert caught.value.status == 413


def test_the_answer_of_the_worker_is_plain_data():
    answer = extraction.run(files.make_pdf(), "pdf")
    assert json.loads(json.dumps(answer)) == answer
    assert set(answer) == {"text", "is_cut"}
