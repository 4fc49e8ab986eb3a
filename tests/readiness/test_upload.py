"""Text out of uploaded files, and what happens with those made to do harm."""

import json
import subprocess
import sys
from time import monotonic
from types import SimpleNamespace

import pytest

from guides.readiness.upload import extraction
from guides.readiness.upload.extraction import ResumeRefused

from . import files
from .conftest import LIMIT

# Until the end of a process is noticed by a busy machine.
GRACE = 2


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
    print(os.wait4(process.pid, 0)[2].ru_maxrss)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_bounded_time_and_memory(name, tmp_path, monkeypatch):
    monkeypatch.setattr(extraction, "SECONDS", LIMIT)
    make, kind = BOMBS[name]
    content = make()
    assert len(content) < 4_000_000
    start = monotonic()
    with pytest.raises(ResumeRefused):
        extraction.extract(content, kind)
    assert monotonic() - start < LIMIT + GRACE

    file = tmp_path / "bomb"
    file.write_bytes(content)
    command = [sys.executable, "-c", MEASURE, extraction.WORKER, kind, file]
    peak = int(subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout)
    assert peak < 64 * 1024  # kilobytes: all that the worker ever held, the interpreter included


def test_a_worker_that_hangs_is_ended(monkeypatch, tmp_path):
    hung = tmp_path / "worker.py"
    hung.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(extraction, "WORKER", hung)
    monkeypatch.setattr(extraction, "SECONDS", 0.3)
    with pytest.raises(ResumeRefused, match="too long"):
        extraction.extract(b"x", "txt")


def test_a_second_file_waits_its_turn_and_is_refused_when_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(extraction, "SECONDS", 0.1)
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
    answer = extraction.run(files.make_pdf(), "pdf", 5)
    assert json.loads(json.dumps(answer)) == answer
    assert set(answer) == {"text", "is_cut"}
