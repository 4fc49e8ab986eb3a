"""From a JSON Resume to a document: one column, in the order in which people and programs read it."""

from django.utils.translation import gettext as _

from .. import dates
from ..documents.blocks import Document, Head, Heading, Points, Text, entry
from .forms import PARTS

# What a file may hold that our documents do not show.
NOT_SHOWN = ("awards", "publications", "languages", "interests", "references", "projects")


def document(resume):
    """Return the Document of `resume`, a JSON Resume."""
    basics = resume.get("basics", {})
    name = basics.get("name", "")
    result = Document(_("Resume of %(name)s") % {"name": name} if name else _("Resume"), name)
    result.blocks.append(Head(name or _("Your name"), basics.get("label", ""), tuple(contact(basics))))
    if summary := basics.get("summary"):
        result.blocks += [Heading(_("Summary")), Text(summary)]
    for key, entries in resume.items():
        if key in PARTS and entries:
            result.blocks.append(Heading(str(PARTS[key].title)))
            for plain in entries:
                result.blocks += WRITERS[key](plain)
    return result


def contact(basics):
    """The ways to reach the person, and where they live."""
    location = basics.get("location", {})
    place = ", ".join(filter(None, [location.get("city"), location.get("region")]))
    return filter(None, [place, basics.get("email"), basics.get("phone"), basics.get("url")])


def _post(plain, where):
    """A job or a volunteer post."""
    title, dated = plain.get("position", ""), dates.span(plain.get("startDate", ""), plain.get("endDate", ""))
    yield from entry(title, where, dated)
    if summary := plain.get("summary"):
        yield Text(summary)
    if highlights := plain.get("highlights"):
        yield Points(tuple(highlights))


def _work(plain):
    return _post(plain, ", ".join(filter(None, [plain.get("name"), plain.get("location")])))


def _volunteer(plain):
    return _post(plain, plain.get("organization", ""))


def _education(plain):
    """A degree: what it is in, where, and when it was or will be finished."""
    study = ", ".join(filter(None, [plain.get("studyType"), plain.get("area")]))
    where, start, end = plain.get("institution", ""), plain.get("startDate", ""), plain.get("endDate", "")
    yield from entry(study, where, dates.span(start, end))
    if courses := plain.get("courses"):
        yield Points((_("Courses: %(courses)s") % {"courses": ", ".join(courses)},))


def _certificate(plain):
    yield from entry(plain.get("name", ""), plain.get("issuer", ""), dates.written(plain.get("date", "")))


def _skills(plain):
    """A group of skills on one line."""
    words = ", ".join(plain.get("keywords", ()))
    yield Text(": ".join(filter(None, [plain.get("name", ""), words])))


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
