"""A form as one text, and back: what is kept is what was typed, and the page that reads a form reads it again."""

import json

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from . import texts

# Of a form as it is kept, in bytes: some 200 pages of text. A browser sends at most three times as much for it, which
# the site takes (DATA_UPLOAD_MAX_MEMORY_SIZE), and a plan keeps it (KeptDocument.content).
LARGEST = 400_000

# What belongs to the page or to the saving, and not to the document.
NOT_KEPT = {
    "csrfmiddlewaretoken",
    "do",
    "file",
    "pasted",
    "a",
    "take",
    "take-for",
    "removed",
    "document",
    "fingerprint",
    "kept-as",
    "kept-for",
}


def pack(posted: MultiValueDict[str, str]) -> str:
    """Return the fields of a form as JSON: a list of names and values."""
    pairs = [
        [texts.clean(name), texts.clean(value)]
        for name, values in posted.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))


def fault(posted: MultiValueDict[str, str]) -> str:
    """What is wrong with the form's size, in a sentence; nothing where a plan can keep it."""
    size = len(pack(posted).encode())
    if size <= LARGEST:
        return ""
    return _("All of it together is %(size)d kB of text; this page takes %(most)d kB. Shorten it.") % {
        "size": -(-size // 1000), "most": LARGEST // 1000,
    }  # fmt: skip


def unpack(content: str) -> QueryDict:
    """Return the form as a QueryDict. Raises ValueError where `content` is nothing that `pack` makes."""
    try:
        pairs = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    form = QueryDict(mutable=True)
    if not isinstance(pairs, list):
        raise ValueError("not a list")
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            raise ValueError("not a name and a value")
        form.appendlist(*pair)
    return form
