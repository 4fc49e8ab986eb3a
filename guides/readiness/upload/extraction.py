"""The text of an uploaded resume, taken out in a process of its own with limits on time and memory.

The file is passed through a pipe and never stands on a disk; a file that is made to do harm ends that process,
not ours. `ResumeRefused` says to the person what was wrong and what to do.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

LARGEST_FILE = 2 * 1024 * 1024
SECONDS = 2.0
WORKER = Path(__file__).with_name("worker.py")
KINDS = {".pdf": "pdf", ".docx": "docx", ".txt": "txt", ".text": "txt"}
# One at a time in each server process, so that many uploads at once cannot add up.
_turn = threading.Lock()


@dataclass(frozen=True)
class Extract:
    """The text of a file, and whether the file goes on after it."""

    text: str
    is_cut: bool = False


class ResumeRefused(Exception):
    """The file cannot be used. `str()` of it is a sentence to the person; `status` an HTTP status.

    `wait` is after how many seconds another try makes sense, or None.
    """

    def __init__(self, text, status=422, wait=None):
        super().__init__(text)
        self.status = status
        self.wait = wait


def text_of(upload: UploadedFile) -> Extract:
    """Return the text of an uploaded file, at most the worker's limit of characters. Raises Refused."""
    kind = KINDS.get(Path(upload.name or "").suffix.lower())
    if kind is None:
        raise ResumeRefused(
            _("Choose a PDF, a Word document (.docx) or a plain text file (.txt), or paste the text instead.")
        )
    if upload.size > LARGEST_FILE:
        raise ResumeRefused(_("The file is larger than 2 MB. Leave out pictures, or paste the text instead."), 413)
    return extract(upload.read(), kind)


def extract(content: bytes, kind: str) -> Extract:
    """Return the text of `content`, a file of that kind. Raises Refused within `SECONDS`."""
    deadline = monotonic() + SECONDS
    if not _turn.acquire(timeout=SECONDS / 2):
        busy = _("Too many files are being read just now. Try again in a minute, or paste the text.")
        raise ResumeRefused(busy, status=503, wait=60)
    try:
        answer = run(content, kind, deadline - monotonic())
    finally:
        _turn.release()
    if fault := answer.get("fault"):
        raise ResumeRefused(sentence(fault))
    return Extract(answer["text"], answer["is_cut"])


def run(content, kind, seconds):
    """Run the worker and return its answer; a worker that died or hung is a fault too."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script; the file comes through a pipe
            [sys.executable, "-I", "-B", str(WORKER), kind],
            input=content,
            capture_output=True,
            timeout=max(0.1, seconds),
            cwd="/",
            env={},
            check=False,
        )
        return json.loads(done.stdout) if done.returncode == 0 else {"fault": "too_much"}
    except subprocess.TimeoutExpired:
        return {"fault": "too_slow"}
    except ValueError:
        return {"fault": "broken"}


def sentence(fault):
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
