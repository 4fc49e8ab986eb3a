"""A JSON Resume of any age and make, put into the shape of version 1.0.0, with what was changed said to the person.

Real files follow older drafts, or no schema at all: what can be understood goes into its field, what cannot stays as
text where it belongs, and what nobody knows is carried along. Nothing is dropped but what is empty.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from django.utils.translation import gettext as _

from .. import dates
from .older_names import MAIN, OLD_NAMES, squeezed
from .places import Path, field_of, label, name_of, place

SCHEMA = FilePath(__file__).parent.parent / "schema" / "jsonresume-1.0.0.json"
DEEPEST = 60
EMPTY: tuple[Any, ...] = (None, "", [], {})
ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """A sentence on what was changed, and the id of the field that it is about; empty where there is none."""

    text: str
    target: str = ""


@dataclass
class Repaired:
    """A resume in the shape of the schema, and what was changed."""

    resume: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The official schema, which is kept beside its licence in schema/."""
    content: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return content


def repair(resume: dict[str, Any]) -> Repaired:
    """Return `resume`, any JSON object, in the shape of the schema. Raises RecursionError where it is too deep."""
    whole = Whole()
    shaped = whole.fit_object(resume, schema(), [])
    whole.move_to_basics(shaped)
    whole.move_strangers(shaped)
    return Repaired(shaped, list(dict.fromkeys(whole.remarks)))


class Whole:
    """One resume while it is put into shape."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def say(self, path: Path, what: str) -> None:
        self.remarks.append(Remark(f"{place(path)}: {what}", field_of(path)))

    def fit(self, value: Any, shape: dict[str, Any], path: Path) -> Any:
        """Return `value` in the shape that the schema has there."""
        if len(path) > DEEPEST:
            raise RecursionError
        kind = shape.get("type")
        if kind == "object":
            return self.fit_object(value, shape, path)
        if kind == "array":
            return self.fit_list(value, shape["items"], path)
        text = as_text(value)
        if "$ref" in shape or shape.get("format") == "date":
            return self.fit_date(text, path)
        if path and path[-1] == "url":
            return self.fit_address(text, path)
        if text and not isinstance(value, (str, int, float)):
            self.say(path, _("the file has several values here, which are one text now."))
        return text

    def fit_object(self, value: Any, shape: dict[str, Any], path: Path) -> dict[str, Any]:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        where = name_of(path)
        if not isinstance(value, dict):
            text = as_text(value)
            if text:
                self.say(path, _("a text stands there, which is in “%(field)s” now.") % {"field": label(where)})
            value = {MAIN.get(where, "text"): text} if text else {}
        shaped: dict[str, Any] = {}
        for name, part in self.renamed(value, shape["properties"], path).items():
            known = shape["properties"].get(name)
            fitted = self.fit(part, known, [*path, name]) if known else part
            if not known or fitted not in EMPTY:
                shaped[name] = fitted
        return shaped

    def renamed(self, value: dict[str, Any], known: dict[str, Any], path: Path) -> dict[str, Any]:
        """Return an object with the names that version 1.0.0 has for what older drafts and other programs call
        otherwise; what stands under both names stays apart."""
        plain = {squeezed(name): name for name in known}
        old = {squeezed(name): new for name, new in OLD_NAMES.get(name_of(path), {}).items()}
        shaped: dict[str, Any] = {}
        for name, part in value.items():
            new = name if name in known else plain.get(squeezed(name)) or old.get(squeezed(name)) or name
            if new != name and (new in shaped or value.get(new) not in EMPTY):
                new = name
            if new in known and part in EMPTY:
                continue
            if new != name and squeezed(name) not in plain:
                self.say([*path, new], _("taken from “%(name)s”, as other versions call it.") % {"name": name[:40]})
            shaped[new] = part
        return shaped

    def fit_list(self, value: Any, shape: dict[str, Any], path: Path) -> list[Any]:
        if isinstance(value, dict):
            value = self.entries_of(value, shape, path)
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            value = self.cut(str(value), path)
        elif not isinstance(value, list):
            value = []
        if name_of(path) == "skills" and value and all(isinstance(item, (str, int, float)) for item in value):
            value = [{"keywords": value}]
        full = [item for item in value if item not in EMPTY]
        fitted = [self.fit(item, shape, [*path, number]) for number, item in enumerate(full)]
        return [item for item in fitted if item not in EMPTY]

    def cut(self, text: str, path: Path) -> list[str]:
        """Return a text that stands where a list should be, as its lines, or as what its commas part."""
        lines = [line.strip(" \t-*•") for line in text.splitlines() if line.strip(" \t-*•")]
        if len(lines) == 1 and name_of(path) in {"keywords", "courses", "roles", "skills", "languages", "interests"}:
            lines = [part.strip() for part in re.split(r"[,;]", lines[0]) if part.strip()]
        if lines:
            self.say(path, _("a text stands where a list should be, so each line, or each part, is an item now."))
        return lines

    def entries_of(self, value: dict[str, Any], shape: dict[str, Any], path: Path) -> list[Any]:
        """Return an object that stands where a list should be, as its entries: itself, or one for each of its names."""
        known = shape.get("properties", {})
        names = {squeezed(name) for name in (*known, *OLD_NAMES.get(name_of(path), {}))}
        if not value or any(squeezed(name) in names for name in value):
            return [value]
        self.say(path, _("each of its names is an entry now."))
        if not known:
            return [f"{name}: {as_text(part)}" if as_text(part) else name for name, part in value.items()]
        main = MAIN.get(name_of(path), "name")
        parts = [(name, part if isinstance(part, dict) else self.second(part, path)) for name, part in value.items()]
        return [{**part, main: joined([name, part.get(main)])} for name, part in parts]

    def second(self, part: Any, path: Path) -> dict[str, Any]:
        """What stands beside a name: {"Spanish": "fluent"}, {"Systems": ["Koha"]}."""
        if isinstance(part, list):
            return {"keywords" if name_of(path) in {"skills", "interests"} else "highlights": part}
        beside = {"languages": "fluency", "skills": "level", "profiles": "url", "references": "name"}
        return {beside.get(name_of(path), "summary"): part}

    def fit_date(self, text: str, path: Path) -> str:
        if dates.is_now(text):
            if path[-1] == "endDate":
                self.say(path, _("“%(text)s” means that it goes on, so the field is empty.") % {"text": text[:40]})
                return ""
            return text
        date = dates.read(text)
        if date and date != text:
            self.say(path, _("“%(text)s” is now written %(date)s.") % {"text": text[:40], "date": date})
        return date or text

    def fit_address(self, text: str, path: Path) -> str:
        if not ADDRESS.fullmatch(text):
            return text
        self.say(path, _("“%(text)s” has its https:// now.") % {"text": text[:60]})
        return f"https://{text}"

    def move_to_basics(self, resume: dict[str, Any]) -> None:
        """Move what some files say of the person outside `basics` into it."""
        known = schema()["properties"]["basics"]["properties"]
        basics = resume.get("basics", {})
        for name in [name for name in resume if name in known]:
            if name not in basics:
                basics[name] = self.fit(resume.pop(name), known[name], ["basics", name])
                self.say(["basics", name], _("it stood outside of what the file says of you."))
        first, last = (as_text(basics.get(name)) for name in ("firstName", "lastName"))
        if not basics.get("name") and (first or last):
            basics["name"] = f"{first} {last}".strip()
            del basics["firstName"], basics["lastName"]
        if basics:
            resume["basics"] = basics

    def move_strangers(self, resume: dict[str, Any]) -> None:
        """Keep what a resume has no part for in `meta`, the one place where a file may hold anything."""
        known = schema()["properties"]
        for name in [name for name in resume if name not in known]:
            value, shape = resume.pop(name), known["meta"]["properties"].get(name)
            value = self.fit(value, shape, ["meta", name]) if shape else value
            if value in EMPTY:
                continue
            meta, key = resume.setdefault("meta", {}), name
            while key in meta:
                key += "_"
            meta[key] = value
            what = _(
                "“%(name)s” is no part of a resume that we know: it stays in your JSON file, under “meta”, and is not "
                "printed."
            )
            self.remarks.append(Remark(what % {"name": name[:40]}))


def as_text(value: Any) -> str:
    """Return any JSON value as one text: parts of an object, and items of a list, with commas between."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict):
        return joined(value.values())
    if isinstance(value, list):
        return joined(value)
    return str(value)


def joined(values: Iterable[Any]) -> str:
    return ", ".join(filter(None, map(as_text, values)))
