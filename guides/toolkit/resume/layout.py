"""From a JSON Resume to a document: one column, in the order in which people and programs read it."""

from django.utils.translation import gettext as _

from .. import dates
from ..documents.blocks import Document, Entry, Head, Heading, Points, Text
from .fields import PARTS

# What a file may hold that our documents do not show.
NOT_SHOWN = ("awards", "publications", "languages", "interests", "references", "projects")


def document(resume):
    """Return the Document of `resume`, a JSON Resume."""
    basics = resume.get("basics", {})
    name = basics.get("name", "")
    made = Document(_("Resume of %(name)s") % {"name": name} if name else _("Resume"), name)
    made.blocks.append(Head(name or _("Your name"), basics.get("label", ""), tuple(contact(basics))))
    if summary := basics.get("summary"):
        made.blocks += [Heading(_("Summary")), Text(summary)]
    for key, entries in resume.items():
        if key in PARTS and entries:
            made.blocks.append(Heading(str(PARTS[key].name)))
            for entry in entries:
                made.blocks += WRITERS[key](entry)
    return made


def contact(basics):
    """The ways to reach the person, and where they live."""
    location = basics.get("location", {})
    place = ", ".join(filter(None, [location.get("city"), location.get("region")]))
    return filter(None, [place, basics.get("email"), basics.get("phone"), basics.get("url")])


def _post(entry, where):
    """A job or a volunteer post."""
    title, dated = entry.get("position", ""), dates.span(entry.get("startDate", ""), entry.get("endDate", ""))
    yield Entry(title or where, where if title else "", dated)
    if summary := entry.get("summary"):
        yield Text(summary)
    if highlights := entry.get("highlights"):
        yield Points(tuple(highlights))


def _work(entry):
    return _post(entry, ", ".join(filter(None, [entry.get("name"), entry.get("location")])))


def _volunteer(entry):
    return _post(entry, entry.get("organization", ""))


def _education(entry):
    """A degree: what it is in, where, and when it was or will be finished."""
    study = ", ".join(filter(None, [entry.get("studyType"), entry.get("area")]))
    where, start, end = entry.get("institution", ""), entry.get("startDate", ""), entry.get("endDate", "")
    yield Entry(study or where, where if study else "", dates.span(start, end))
    if courses := entry.get("courses"):
        yield Points((_("Courses: %(courses)s") % {"courses": ", ".join(courses)},))


def _certificate(entry):
    yield Entry(entry.get("name", ""), entry.get("issuer", ""), dates.written(entry.get("date", "")))


def _skills(entry):
    """A group of skills on one line."""
    words = ", ".join(entry.get("keywords", ()))
    yield Text(": ".join(filter(None, [entry.get("name", ""), words])))


WRITERS = {
    "work": _work,
    "volunteer": _volunteer,
    "education": _education,
    "certificates": _certificate,
    "skills": _skills,
}


def not_shown(resume):
    """The names of the parts that stay in the file and are not in the documents."""
    return [key for key in NOT_SHOWN if resume.get(key)]
