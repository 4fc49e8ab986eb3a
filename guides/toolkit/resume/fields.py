"""The parts of a resume that the builder edits, and their fields, named as JSON Resume names them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .. import texts


@dataclass(frozen=True)
class Field:
    """One field: its key, and how it is typed: a line, a text, lines (one item each), a date, an email or a url."""

    key: str
    label: str
    kind: str = "line"
    help: str = ""
    autocomplete: str = ""

    @property
    def longest(self):
        """How many characters it takes."""
        return texts.LONGEST_TEXT if self.kind in {"text", "lines"} else texts.LONGEST_LINE

    @property
    def input_type(self):
        """The type of its <input>; empty for a <textarea>."""
        return {"email": "email", "url": "url", "text": "", "lines": ""}.get(self.kind, "text")


@dataclass(frozen=True)
class Part:
    """A list of entries, such as experience. `one` names an entry, `add` is the button for another, and `head`
    names the fields that stand for an entry in its heading."""

    key: str
    name: str
    one: str
    add: str
    head: tuple
    fields: tuple

    def field(self, key):
        return next((field for field in self.fields if field.key == key), None)


STARTS = Field("startDate", _("From"), "date", _("Year and month, such as 2024-05."))
ENDS = Field("endDate", _("To"), "date", _("Leave it empty while it goes on."))
HIGHLIGHTS = Field(
    "highlights",
    _("What you did and what came of it"),
    "lines",
    _("One thing a line. Begin with a verb, add a number."),
)
SUMMARY = Field("summary", _("In a sentence"), "text", _("You can leave this empty."))

BASICS = (
    Field("name", _("Name"), autocomplete="name"),
    Field("label", _("Headline"), help=_("The job you want, or what you are, such as: Library technical assistant.")),
    Field("email", _("Email"), "email", autocomplete="email"),
    Field("phone", _("Phone"), autocomplete="tel"),
    Field("city", _("Town"), autocomplete="address-level2"),
    Field("region", _("State or region"), autocomplete="address-level1"),
    Field("url", _("Web page"), "url", _("Starts with https:// or http://. You can leave this empty."), "url"),
    Field("summary", _("Summary"), "text", _("Two or three sentences: what you bring to this job.")),
)
# These two stand one level deeper in JSON Resume.
IN_LOCATION = {"city", "region"}

PARTS = {
    part.key: part
    for part in [
        Part(
            "work",
            _("Experience"),
            _("job"),
            _("Add a job"),
            ("position", "name"),
            (
                Field("position", _("Job title")),
                Field("name", _("Employer")),
                Field("location", _("Place")),
                STARTS,
                ENDS,
                SUMMARY,
                HIGHLIGHTS,
            ),
        ),
        Part(
            "education",
            _("Education"),
            _("course"),
            _("Add a course"),
            ("studyType", "institution"),
            (
                Field("studyType", _("Degree or diploma")),
                Field("area", _("Subject")),
                Field("institution", _("School or college")),
                STARTS,
                ENDS,
                Field("courses", _("Courses that fit the job"), "lines", _("One a line.")),
            ),
        ),
        Part(
            "certificates",
            _("Certifications"),
            _("certification"),
            _("Add a certification"),
            ("name", "issuer"),
            (
                Field("name", _("Certification")),
                Field("issuer", _("Who gave it")),
                Field("date", _("When"), "date", _("Year and month, such as 2024-05.")),
            ),
        ),
        Part(
            "skills",
            _("Skills"),
            _("group of skills"),
            _("Add a group of skills"),
            ("name",),
            (
                Field("name", _("Group"), help=_("Such as: Library systems.")),
                Field("keywords", _("Skills"), "lines", _("One a line.")),
            ),
        ),
        Part(
            "volunteer",
            _("Volunteering"),
            _("volunteer post"),
            _("Add a volunteer post"),
            ("position", "organization"),
            (Field("position", _("What you were")), Field("organization", _("Organization")), STARTS, ENDS, HIGHLIGHTS),
        ),
    ]
}
