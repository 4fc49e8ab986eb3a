"""A cover letter: its places to fill, what is wrong with it, and the document it becomes."""

import re
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats

from . import packing, texts
from .advice import Advice, gaps
from .documents.blocks import Document, Head, Text
from .shown import Shown

PLACE = re.compile(r"\[([^\[\]\n]{1,80})\]")
LONGEST_BODY = 8_000
MOST_PLACES = 40
SHORT, LONG = 120, 420  # words
GENERIC = re.compile(r"to whom it may concern|dear sir(/| or )madam", re.IGNORECASE)

# Name, label, input type (empty for several lines), autocomplete.
FIELDS = [
    ("name", gettext_lazy("Your name"), "text", "name"),
    ("email", gettext_lazy("Email"), "email", "email"),
    ("phone", gettext_lazy("Phone"), "text", "tel"),
    ("city", gettext_lazy("Town"), "text", "address-level2"),
    ("date", gettext_lazy("Date"), "text", ""),
    ("to", gettext_lazy("To whom: name, library, address"), "", ""),
]


@dataclass
class Letter:
    """The form of one letter, as typed. `values` are FIELDS, `places` what was filled in, by the place's own words."""

    values: dict = field(default_factory=dict)
    body: str = ""
    places: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)

    @property
    def text(self):
        """The letter with its places filled; those still empty keep their brackets. Beyond its limit it is cut off."""
        return PLACE.sub(lambda match: self.places.get(match[1], "").strip() or match[0], self.body[:LONGEST_BODY])

    @property
    def left(self):
        """The places that are still empty."""
        return find_places(self.text)

    @property
    def is_empty(self):
        return not self.body.strip()


def find_places(body):
    """Return the words in brackets in `body`, each once, in order."""
    return list(dict.fromkeys(PLACE.findall(body[:LONGEST_BODY])))[:MOST_PLACES]


def field_name(place):
    """The name of the form field for a place."""
    return f"place.{slugify(place, allow_unicode=True)}"


def read(posted):
    """Return the Letter that the form `posted` holds, with its faults."""
    letter = Letter({name: texts.clean(posted.get(name, "")) for name, *_rest in FIELDS})
    letter.body = texts.clean(posted.get("body", ""))
    letter.places = {place: texts.clean(posted.get(field_name(place), "")) for place in find_places(letter.body)}
    for name, value in letter.values.items():
        _check_length(letter, name, value, texts.LONGEST_LINE)
    for place, value in letter.places.items():
        _check_length(letter, field_name(place), value, texts.LONGEST_LINE)
    _check_length(letter, "body", letter.body, LONGEST_BODY)
    if fault := packing.fault(posted):
        letter.faults[""] = fault
    return letter


def _check_length(letter, name, value, most):
    if len(value) > most:
        letter.faults[name] = _("Keep it under %(most)d characters: you wrote %(count)d.") % {
            "most": most, "count": len(value),
        }  # fmt: skip


def shown_fields(letter):
    """The form's fields about the sender and the addressee."""
    return [
        Shown(name, label, letter.values.get(name, ""), "", letter.faults.get(name, ""), kind, 3, complete)
        for name, label, kind, complete in FIELDS
    ]


def shown_places(letter):
    """The form's fields for the places of the letter."""
    names = {field_name(place): place for place in find_places(letter.body)}
    return [
        Shown(name, f"{place[:1].upper()}{place[1:]}", letter.places.get(place, ""), "", letter.faults.get(name, ""))
        for name, place in names.items()
    ]


def document(letter):
    """Return the Document of the letter."""
    name = letter.values.get("name", "").strip()
    title = _("Cover letter of %(name)s") % {"name": name} if name else _("Cover letter")
    made = Document(title, name, is_letter=True)
    contact = (letter.values.get(key, "").strip() for key in ("city", "email", "phone"))
    made.blocks.append(Head(name or _("Your name"), "", tuple(filter(None, contact))))
    for key in ("date", "to"):
        if text := letter.values.get(key, "").strip():
            made.blocks.append(Text(text))
    paragraphs = re.split(r"\n\s*\n", letter.text.strip())
    made.blocks += [Text(paragraph.strip()) for paragraph in paragraphs if paragraph.strip()]
    closing = _("Sincerely,")
    made.blocks.append(Text(f"{closing}\n{name}" if name else closing))
    return made


def advice(letter, made):
    """Return the Advice on the letter and its document."""
    words = len(letter.text.split())
    length = {"words": formats.words(words)}
    if letter.left:
        yield Advice(_("Still to fill: %(places)s.") % {"places": ", ".join(f"[{place}]" for place in letter.left)})
    if not letter.values.get("name", "").strip():
        yield Advice(_("Your name is missing."))
    if GENERIC.search(letter.text):
        yield Advice(_("Find out who will read it. If you cannot, greet the hiring team of the library by name."))
    if words < SHORT:
        yield Advice(_("%(words)s: say more about one thing you did that this library needs.") % length)
    elif words > LONG:
        yield Advice(_("%(words)s: cut it to one page, about 350 words.") % length)
    else:
        yield Advice(_("Length: %(words)s, one page.") % length, good=True)
    yield from gaps(made)
