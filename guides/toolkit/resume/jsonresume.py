"""JSON Resume 1.0.0 (jsonresume.org): the format in which resumes come and go. Nothing a file holds is lost."""

import json
from collections.abc import Container
from functools import lru_cache
from itertools import islice
from pathlib import Path

import jsonschema
from django.utils.translation import gettext as _

from .. import texts
from .draft import LONGEST_REST, Draft, Entry, as_text, in_order
from .forms import PARTS, BasicsForm, EntryForm, LinesField

# Bytes: more than the largest form makes (packing.LARGEST), so that what goes out comes back in.
LARGEST_FILE = 1_000_000
MOST_FAULTS = 20
MOST_ENTRIES = 1000  # of all parts together: what the form shows, which asks for less
SCHEMA = Path(__file__).parent.parent / "schema" / "jsonresume-1.0.0.json"
SCHEMA_ADDRESS = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


class JSONResumeRefused(Exception):
    """The file is no JSON Resume; `reasons` say why, each with its path."""

    def __init__(self, *reasons):
        super().__init__(len(reasons))
        self.reasons = reasons


@lru_cache(maxsize=1)
def validator():
    """The validator for the official schema, which is kept beside its licence in schema/."""
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def load(raw):
    """Return the Draft that the file's bytes `raw` hold. Raises Refused."""
    if len(raw) > LARGEST_FILE:
        raise too_large()
    try:
        resume = texts.clean_all(json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant))
    except UnicodeDecodeError:
        raise JSONResumeRefused(_("The file is not UTF-8 text.")) from None
    except json.JSONDecodeError as error:
        raise JSONResumeRefused(
            _("The file is not JSON: line %(line)d, column %(column)d cannot be read.")
            % {"line": error.lineno, "column": error.colno}
        ) from None
    except (ValueError, RecursionError):
        raise JSONResumeRefused(_("The file is not JSON that we can read.")) from None
    if reasons := faults(resume):
        raise JSONResumeRefused(*reasons)
    draft = from_json(resume)
    if sum(map(len, draft.parts.values())) > MOST_ENTRIES:
        raise JSONResumeRefused(_("The file holds more than %(most)d entries: take some out.") % {"most": MOST_ENTRIES})
    carried = [draft.rest, *(entry.rest for entries in draft.parts.values() for entry in entries)]
    if any(len(as_text(rest)) > LONGEST_REST for rest in carried):
        raise JSONResumeRefused(
            _("The file holds more than %(most)d characters of what this form does not show, such as projects. ")
            % {"most": LONGEST_REST}
            + _("Take some of it out, and choose it again.")
        )
    return draft


def too_large() -> JSONResumeRefused:
    """The refusal of a file that is no resume, judging by its size."""
    return JSONResumeRefused(_("The file is larger than 1 MB: a resume is text, without pictures."))


def _no_constant(name):
    raise ValueError(name)


def faults(resume):
    """What the schema finds wrong with `resume`: a sentence each, its path first."""
    try:
        return [_sentence(error) for error in islice(validator().iter_errors(resume), MOST_FAULTS)]
    except RecursionError:
        return [_("The file is nested too deeply.")]


def _sentence(error):
    """Say where the fault is and what it is, without the file's own texts."""
    where = ".".join(str(part) for part in error.absolute_path) or _("the file")
    match error.validator:
        case "type":
            what = _("must be of type %(type)s.") % {"type": error.validator_value}
        case "pattern":
            what = _("must be a date such as 2024, 2024-05 or 2024-05-31.")
        case "additionalProperties":
            what = _("holds something that JSON Resume 1.0.0 does not know.")
        case _:
            what = _("is not what JSON Resume 1.0.0 allows there.")
    return f"{where}: {what}"


def from_json(resume):
    """Return the Draft of a valid JSON Resume; what the form does not show is carried along."""
    draft = Draft(rest={key: value for key, value in resume.items() if key not in {"basics", "$schema", *PARTS}})
    basics = dict(resume.get("basics", {}))
    location = dict(basics.pop("location", {}))
    for name in BasicsForm.base_fields:
        draft.basics[name] = (location if name in BasicsForm.IN_LOCATION else basics).pop(name, "")
    if location:
        basics["location"] = location
    if basics:
        draft.rest["basics"] = basics
    for key, part in PARTS.items():
        draft.parts[key] = [_entry(part.form, plain) for plain in resume.get(key, [])]
    draft.parts = in_order(draft.parts, [key for key in resume if key in PARTS])
    return draft


def _entry(form: type[EntryForm], plain: dict) -> Entry:
    """Return the Entry for one object of a list."""
    entry = Entry(rest=dict(plain))
    for name in form.names():
        value = entry.rest.pop(name, "")
        if isinstance(form.base_fields[name], LinesField):
            value = "\n".join(" ".join(item.splitlines()) for item in value)
        entry.values[name] = value
    return entry


def to_json(draft):
    """Return the draft as a JSON Resume; what is empty is left out."""
    fields = set(BasicsForm.base_fields)
    rest = _without(draft.rest, PARTS)
    basics = _without(rest.pop("basics", {}), fields)
    location = _without(basics.pop("location", {}), fields)
    for name in BasicsForm.base_fields:
        if value := draft.basics.get(name, "").strip():
            (location if name in BasicsForm.IN_LOCATION else basics)[name] = value
    if location:
        basics["location"] = location
    resume = {"$schema": SCHEMA_ADDRESS} | ({"basics": basics} if basics else {})
    for key, entries in draft.parts.items():
        if plains := [_plain(PARTS[key].form, entry) for entry in entries if not entry.is_empty]:
            resume[key] = plains
    return resume | rest


def _plain(form: type[EntryForm], entry: Entry) -> dict:
    """Return one entry as an object."""
    plain = {}
    for name in form.names():
        if text := entry.values.get(name, "").strip():
            plain[name] = texts.lines(text) if isinstance(form.base_fields[name], LinesField) else text
    return plain | _without(entry.rest, form.names())


def _without(carried: object, keys: Container[str]) -> dict:
    """Return what a form carried along of an object, without what the form shows: a form can be forged."""
    return {key: value for key, value in carried.items() if key not in keys} if isinstance(carried, dict) else {}


def dump(draft):
    """Return the bytes of the file to download: indented for people, unless only `load` could tell the difference."""
    resume = to_json(draft)
    indented = (json.dumps(resume, ensure_ascii=False, indent=2) + "\n").encode()
    return indented if len(indented) <= LARGEST_FILE else as_text(resume).encode()
