"""JSON Resume 1.0.0 (jsonresume.org): the format in which resumes come and go. Nothing a file holds is lost."""

import json
from collections.abc import Container
from functools import lru_cache
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from .. import texts
from . import academic
from .draft import LONGEST_REST, Draft, Entry, as_text, in_order
from .entries import EntryForm
from .fields import DateField, LinesField
from .forms import BasicsForm
from .parts import FIXED, PARTS
from .places import place
from .repair import Remark, repair, schema

# Bytes: more than the largest form makes (packing.LARGEST), so that what goes out comes back in.
LARGEST_FILE = 1_000_000
MOST_FAULTS = 20
MOST_ENTRIES = 1000  # of all parts together: what the form shows, which asks for less
SCHEMA_ADDRESS = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


class JSONResumeRefused(Exception):
    """The file is no JSON Resume; `reasons` say why and what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


@lru_cache(maxsize=1)
def validator() -> Any:
    """The validator for the official schema."""
    # A tenth of a second, for whoever brings a file alone.
    import jsonschema

    return jsonschema.Draft4Validator(schema())


def load(raw: bytes) -> tuple[Draft, list[Remark]]:
    """Return the Draft that the file's bytes `raw` hold, and what was changed on the way. Raises JSONResumeRefused."""
    if len(raw) > LARGEST_FILE:
        raise too_large()
    try:
        resume = texts.clean_all(parsed(raw))
        if isinstance(resume, list) and len(resume) == 1:
            resume = resume[0]
        if not isinstance(resume, dict):
            raise JSONResumeRefused(
                _(
                    "The file is JSON, but no resume: a JSON Resume begins with { and has parts such as “basics” and "
                    "“work”."
                )
            )
        repaired = repair(resume)
    except RecursionError:
        raise JSONResumeRefused(_("The file has too many lists within lists to be a resume.")) from None
    draft = from_json(academic.unfold(repaired.resume))
    if sum(map(len, draft.parts.values())) > MOST_ENTRIES:
        raise JSONResumeRefused(_("The file holds more than %(most)d entries: take some out.") % {"most": MOST_ENTRIES})
    carried = [draft.rest, *(entry.rest for entries in draft.parts.values() for entry in entries)]
    if any(len(as_text(rest)) > LONGEST_REST for rest in carried):
        raise JSONResumeRefused(
            _("The file holds more than %(most)d characters of what this form does not show. ") % {"most": LONGEST_REST}
            + _("Take some of it out, and choose it again.")
        )
    if draft.is_empty and not draft.rest and "$schema" not in resume:
        raise JSONResumeRefused(_("The file is JSON, but we found nothing of a resume in it."))
    return draft, repaired.remarks


def parsed(raw: bytes) -> Any:
    """Return what the JSON in `raw` says. Raises JSONResumeRefused."""
    try:
        # Notepad and some programs save JSON as UTF-16; json finds out which.
        text = raw.decode("utf-8-sig") if raw[:2] not in {b"\xff\xfe", b"\xfe\xff"} else raw.decode("utf-16")
        return json.loads(text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise JSONResumeRefused(
            _("The file’s letters are in a code that JSON does not have. Save it again as UTF-8.")
        ) from None
    except json.JSONDecodeError as error:
        raise JSONResumeRefused(
            _(
                "The file is not whole JSON: line %(line)d cannot be read from column %(column)d on. A comma or a "
                "quote may be missing there, or be one too many."
            )
            % {"line": error.lineno, "column": error.colno}
        ) from None
    except ValueError:
        raise JSONResumeRefused(_("The file is not JSON that we can read.")) from None


def too_large() -> JSONResumeRefused:
    """The refusal of a file that is no resume, judging by its size."""
    return JSONResumeRefused(_("The file is larger than 1 MB: a resume is text, without pictures."))


def _no_constant(name: str) -> None:
    """NaN and Infinity are no JSON: nothing stands there."""


def faults(resume: dict[str, Any]) -> list[str]:
    """What the schema finds wrong with `resume`, as a file would have it: a sentence each, its place first."""
    try:
        return [_sentence(error) for error in islice(validator().iter_errors(academic.fold(resume)), MOST_FAULTS)]
    except RecursionError:
        return [_("What the page carried along is nested too deeply. Import your file once more.")]


def _sentence(error: Any) -> str:
    """Say where the fault is and what to do, without the texts that a person typed."""
    if error.validator == "pattern":
        what = _("write a date such as 2024, 2024-05 or 2024-05-31.")
    else:
        what = _("what the page carried along from your file is no JSON Resume there. Import the file once more.")
    return f"{place(list(error.absolute_path))}: {what}"


def from_json(resume: dict[str, Any]) -> Draft:
    """Return the Draft of a JSON Resume with the parts of its own; what the form does not show is carried along."""
    draft = Draft(rest={key: value for key, value in resume.items() if key not in {"basics", "$schema", *PARTS}})
    basics = dict(resume.get("basics", {}))
    location = dict(basics.pop("location", {}))
    for name in BasicsForm.base_fields:
        draft.basics[name] = (location if name in BasicsForm.IN_LOCATION else basics).pop(name, "")
    lists = resume | {FIXED: basics.pop(FIXED, [])}
    if location:
        basics["location"] = location
    if basics:
        draft.rest["basics"] = basics
    for key, part in PARTS.items():
        draft.parts[key] = [Entry.of(part.form, plain) for plain in lists.get(key, [])]
    draft.parts = in_order(draft.parts, [key for key in resume if key in PARTS])
    return draft


def to_json(draft: Draft) -> dict[str, Any]:
    """Return the draft as a JSON Resume with the parts of its own (academic.py); what is empty is left out."""
    fields = {*BasicsForm.base_fields, FIXED}
    rest = _without(draft.rest, PARTS)
    basics = _without(rest.pop("basics", {}), fields)
    location = _without(basics.pop("location", {}), fields)
    for name in BasicsForm.base_fields:
        if value := draft.basics.get(name, "").strip():
            (location if name in BasicsForm.IN_LOCATION else basics)[name] = value
    if location:
        basics["location"] = location
    lists = {
        key: plains
        for key, entries in draft.parts.items()
        if (plains := [_plain(PARTS[key].form, entry) for entry in entries if not entry.is_empty])
    }
    if FIXED in lists:
        basics[FIXED] = lists.pop(FIXED)
    return {"$schema": SCHEMA_ADDRESS} | ({"basics": basics} if basics else {}) | lists | rest


def _plain(form: type[EntryForm], entry: Entry) -> dict[str, Any]:
    """Return one entry as an object."""
    plain: dict[str, Any] = {}
    for name in form.names():
        field, text = form.base_fields[name], entry.values.get(name, "").strip()
        if isinstance(field, DateField):
            text = field.plain(text)
        if text:
            plain[name] = texts.lines(text) if isinstance(field, LinesField) else text
    return plain | _without(entry.rest, form.names())


def _without(carried: object, keys: Container[str]) -> dict[str, Any]:
    """Return what a form carried along of an object, without what the form shows: a form can be forged."""
    return {key: value for key, value in carried.items() if key not in keys} if isinstance(carried, dict) else {}


def dump(draft: Draft) -> bytes:
    """Return the bytes of the file to download: indented for people, unless only `load` could tell the difference."""
    resume = academic.fold(to_json(draft))
    indented = (json.dumps(resume, ensure_ascii=False, indent=2) + "\n").encode()
    return indented if len(indented) <= LARGEST_FILE else as_text(resume).encode()
