"""From a JSON Resume to a document: one column, in the order in which people and programs read it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import dates
from ..documents.blocks import Block, Document, Head, Heading, Points, Text, entry
from .parts import FIXED, PARTS

Plain = dict[str, Any]


def document(resume: Plain) -> Document:
    """Return the Document of `resume`, a JSON Resume."""
    basics = resume.get("basics", {})
    name = basics.get("name", "")
    result = Document(_("Resume of %(name)s") % {"name": name} if name else _("Resume"), name)
    result.blocks.append(Head(name or _("Your name"), basics.get("label", ""), tuple(contact(basics))))
    if summary := basics.get("summary"):
        result.blocks += [Heading(_("Summary")), Text(summary)]
    for key, entries in resume.items():
        if key in PARTS and entries:
            result.blocks += [Heading(str(PARTS[key].title)), *WRITERS[key](entries)]
    return result


def contact(basics: Plain) -> Iterator[str]:
    """The ways to reach the person, where they live, and where else they are on the Web."""
    location = basics.get("location", {})
    place = joined([location.get("city"), location.get("region")])
    ways = [place, basics.get("email"), basics.get("phone"), basics.get("url")]
    return filter(None, [*ways, *map(profile, basics.get(FIXED, []))])


def profile(plain: Plain) -> str:
    """An account by its address, or by its name where it has none; an address says whose it is."""
    if url := plain.get("url"):
        return str(url)
    return joined([plain.get("network"), plain.get("username")], ": ")


def joined(parts: Iterable[str | None], by: str = ", ") -> str:
    """What there is of `parts`, in a row."""
    return by.join(part for part in parts if part)


def in_a_row(items: Iterable[str]) -> str:
    """A list on one line; with semicolons where an item has a comma of its own."""
    items = list(items)
    return ("; " if any("," in item for item in items) else ", ").join(items)


def period(plain: Plain) -> str:
    return dates.span(plain.get("startDate", ""), plain.get("endDate", ""))


def points(items: Iterable[str]) -> Iterator[Points]:
    if lines := tuple(items):
        yield Points(lines)


def line(text: str) -> Iterator[Text]:
    if text:
        yield Text(text)


def texts(plain: Plain, *names: str) -> Iterator[Text]:
    """A paragraph for each of the texts that are there."""
    return (Text(plain[name]) for name in names if plain.get(name))


def each(write: Callable[[Plain], Iterator[Block]]) -> Callable[[list[Plain]], Iterator[Block]]:
    """A part whose entries stand one below the other."""
    return lambda entries: (block for plain in entries for block in write(plain))


def _work(plain: Plain) -> Iterator[Block]:
    where = joined([plain.get("name"), plain.get("location"), plain.get("url")])
    yield from entry(plain.get("position", ""), where, period(plain))
    yield from texts(plain, "description", "summary")
    yield from points(plain.get("highlights", ()))


def _volunteer(plain: Plain) -> Iterator[Block]:
    where = joined([plain.get("organization"), plain.get("url")])
    yield from entry(plain.get("position", ""), where, period(plain))
    yield from texts(plain, "summary")
    yield from points(plain.get("highlights", ()))


def _education(plain: Plain) -> Iterator[Block]:
    """A degree: what it is in, where, and when it was or will be finished."""
    study = joined([plain.get("studyType"), plain.get("area")])
    yield from entry(study, joined([plain.get("institution"), plain.get("url")]), period(plain))
    yield from texts(plain, "score")
    if courses := plain.get("courses"):
        yield Points((_("Courses: %(courses)s") % {"courses": in_a_row(courses)},))


def _certificate(plain: Plain) -> Iterator[Block]:
    where = joined([plain.get("issuer"), plain.get("url")])
    yield from entry(plain.get("name", ""), where, dates.written(plain.get("date", "")))


def _project(plain: Plain) -> Iterator[Block]:
    name = joined([plain.get("name"), *plain.get("roles", ())])
    yield from entry(name, joined([plain.get("entity"), plain.get("type"), plain.get("url")]), period(plain))
    yield from texts(plain, "description")
    yield from points(plain.get("highlights", ()))
    yield from line(in_a_row(plain.get("keywords", ())))


def _award(plain: Plain) -> Iterator[Block]:
    yield from entry(plain.get("title", ""), plain.get("awarder", ""), dates.written(plain.get("date", "")))
    yield from texts(plain, "summary")


def _publication(plain: Plain) -> Iterator[Block]:
    where = joined([plain.get("publisher"), plain.get("url")])
    yield from entry(plain.get("name", ""), where, dates.written(plain.get("releaseDate", "")))
    yield from texts(plain, "summary")


def _given_once(plain: Plain) -> Iterator[Block]:
    """A presentation, or a grant."""
    where = joined([plain.get("entity"), plain.get("url")])
    yield from entry(plain.get("name", ""), where, dates.written(plain.get("startDate", "")))
    yield from texts(plain, "description")


def _over_time(plain: Plain) -> Iterator[Block]:
    """A class that one taught, or a service."""
    yield from entry(plain.get("name", ""), joined([plain.get("entity"), plain.get("url")]), period(plain))
    yield from points(plain.get("highlights", ()))


def _reference(plain: Plain) -> Iterator[Block]:
    yield from entry(plain.get("name", ""))
    yield from texts(plain, "reference")


def _skills(plain: Plain) -> Iterator[Block]:
    """A group of skills on one line."""
    group = in_brackets(plain.get("name", ""), plain.get("level", ""))
    yield from line(joined([group, in_a_row(plain.get("keywords", ()))], ": "))


def _interest(plain: Plain) -> Iterator[Block]:
    yield from line(joined([plain.get("name"), in_a_row(plain.get("keywords", ()))], ": "))


def _languages(entries: list[Plain]) -> Iterator[Block]:
    """All languages on one line."""
    words = [in_brackets(plain.get("language", ""), plain.get("fluency", "")) for plain in entries]
    yield from line(joined(words))


def in_brackets(name: str, level: str) -> str:
    """'Spanish (fluent)'."""
    return f"{name} ({level})" if name and level else name or level


WRITERS: dict[str, Callable[[list[Plain]], Iterator[Block]]] = {
    "work": each(_work),
    "education": each(_education),
    "certificates": each(_certificate),
    "skills": each(_skills),
    "volunteer": each(_volunteer),
    "projects": each(_project),
    "languages": _languages,
    "awards": each(_award),
    "publications": each(_publication),
    "presentations": each(_given_once),
    "teaching": each(_over_time),
    "service": each(_over_time),
    "grants": each(_given_once),
    "interests": each(_interest),
    "references": each(_reference),
}


def not_printed(resume: Plain) -> list[str]:
    """What stays in the file and is not in the documents; by its own name what no resume usually has."""
    basics = resume.get("basics", {})
    location = [name for name in basics.get("location", {}) if name not in {"city", "region"}]
    printed = {"name", "label", "email", "phone", "url", "summary", "location", "image", FIXED}
    others = [
        *(name for name in basics if name not in printed),
        *location,
        *(key for key in resume if key not in KNOWN),
    ]
    return [str(WORDS.get(name, name)) for name in others]


KNOWN = {"basics", "$schema", "meta", *PARTS}
WORDS = {
    "address": gettext_lazy("your street address"),
    "postalCode": gettext_lazy("your ZIP code"),
    "countryCode": gettext_lazy("your country"),
}
