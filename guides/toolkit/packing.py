"""A form as one text, and back: what is kept is what was typed, and the page that reads a form reads it again."""

import json

from django.http import QueryDict

from . import texts

# What belongs to the page or to the saving, and not to the document.
NOT_KEPT = {"csrfmiddlewaretoken", "do", "file", "pasted", "a", "document", "seen", "kept-as", "kept-for"}


def pack(posted):
    """Return the fields of a form as JSON: a list of names and values."""
    pairs = [
        [texts.clean(name), texts.clean(value)]
        for name, values in posted.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    # A plan refuses what looks like a script; written like this it can look like none.
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def unpack(content):
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
