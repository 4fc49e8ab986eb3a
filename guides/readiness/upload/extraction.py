"""The text of an uploaded resume, taken out in a process of its own with limits on processor time and memory.

The file is passed through a pipe and never stands on a disk; a file that is made to do harm ends that process,
not ours. `ResumeRefused` says to the person what was wrong and what to do.
"""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from ..words import readable
from .legibility import Flaw, flaw_of, known_share, words_of

LARGEST_FILE = 2 * 1024 * 1024
# By the clock, for a machine that stands still: what a file may cost is the worker's limit of processor time.
PATIENCE = 30.0
LONGEST_WAIT = 10.0  # seconds for a turn
WORKER = Path(__file__).with_name("worker.py")
KINDS = {".pdf": "pdf", ".docx": "docx", ".txt": "txt", ".text": "txt"}
# A second reader of the same kind of file, for what the first finds no words in.
SECOND_READERS = {"pdf": "pdf by places"}
UNREADABLE = {"broken", "no_text"}
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
# One at a time in each server process, so that many uploads at once cannot add up.
_turn = threading.Lock()


@dataclass(frozen=True)
class Extract:
    """The text of a file, whether the file goes on after it, and what is wrong with the text."""

    text: str
    is_cut: bool = False
    flaw: Flaw | None = None


class ResumeRefused(Exception):
    """The file cannot be used. `str()` of it is a sentence to the person; `status` an HTTP status.

    `wait` is after how many seconds another try makes sense, or None.
    """

    def __init__(self, text: str, status: int = 422, wait: int | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.wait = wait


def text_of(upload: "UploadedFile[Any]") -> Extract:
    """Return the text of an uploaded file, at most the worker's limit of characters. Raises ResumeRefused."""
    kind = KINDS.get(Path(upload.name or "").suffix.lower())
    if kind is None:
        raise ResumeRefused(
            _("Choose a PDF, a Word document (.docx) or a plain text file (.txt), or paste the text instead.")
        )
    if (upload.size or 0) > LARGEST_FILE:
        raise ResumeRefused(_("The file is larger than 2 MB. Leave out pictures, or paste the text instead."), 413)
    return extract(upload.read(), kind)


def extract(content: bytes, kind: str) -> Extract:
    """Return the text of `content`, a file of that kind. Raises ResumeRefused."""
    if not _turn.acquire(timeout=LONGEST_WAIT):
        busy = _("Too many files are being read just now. Try again in a minute, or paste the text.")
        raise ResumeRefused(busy, status=503, wait=60)
    try:
        answer = read(content, kind)
    finally:
        _turn.release()
    if fault := answer.get("fault"):
        raise ResumeRefused(sentence(fault))
    text = readable(answer["text"]).strip()
    return Extract(text, answer["is_cut"], flaw_of(text))


def read(content: bytes, kind: str) -> dict[str, Any]:
    """Return what the first reader says of the file, or the second where that finds more words in it."""
    first = run(content, kind)
    second = SECOND_READERS.get(kind)
    is_poor = first.get("fault") in UNREADABLE or ("text" in first and flaw_of(first["text"]) is not None)
    if second is None or not is_poor:
        return first
    other = run(content, second)
    if "fault" in other:
        return first
    is_better = "fault" in first or known_share(words_of(other["text"])) > known_share(words_of(first["text"]))
    return other if is_better else first


def run(content: bytes, reader: str) -> dict[str, Any]:
    """Run the worker and return its answer; a worker that died or hung is a fault too."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script; the file comes through a pipe
            [sys.executable, "-I", "-B", str(WORKER), reader],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            cwd="/",
            env={},
            check=False,
        )
        if done.returncode in OUT_OF_TIME:
            return {"fault": "too_slow"}
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"fault": "too_much"}
        return answer
    except subprocess.TimeoutExpired:
        return {"fault": "too_slow"}
    except ValueError:
        return {"fault": "broken"}


def sentence(fault: str) -> str:
    """What the person is told of a fault."""
    return {
        "wrong_kind": _(
            "The file is not what its name says. Save it again as PDF, Word (.docx) or plain text, or paste the text."
        ),
        "locked": _("This PDF is locked with a password. Save a copy without one, or paste the text instead."),
        "no_text": _(
            "We found no text in this file. It may be a scan, which is a picture of the text: nothing is wrong with "
            "your resume, but we cannot read pictures. Please paste the text instead."
        ),
        "too_much": _("This file unpacks to far more than a resume holds, so we stopped reading it. Paste the text."),
        "too_slow": _("Reading this file took too long, so we stopped. Please paste the text instead."),
    }.get(fault, _("We could not read this file. It may be damaged: save it again, or paste the text instead."))
