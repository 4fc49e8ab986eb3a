"""A cover letter: its form, its places to fill, and the document it becomes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.forms import BoundField, EmailInput, TextInput
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats

from . import texts
from .advice import Advice, gaps
from .documents.blocks import Document, Head, Text
from .forms import LineField, TextField, WholeForm

PLACE = re.compile(r"\[([^\[\]\n]{1,80})\]")
LONGEST_BODY = 8_000
MOST_PLACES = 40
SHORT, LONG = 120, 420  # words
GENERIC = re.compile(r"to whom it may concern|dear sir(/| or )madam", re.IGNORECASE)


@dataclass
class Letter:
    """A letter as typed. `values` are about sender and addressee, `places` what was filled in, by the place's words."""

    values: dict = field(default_factory=dict)
    body: str = ""
    places: dict = field(default_factory=dict)

    @property
    def text(self):
        """The letter with its places filled; those still empty keep their brackets. Beyond its limit it is cut off."""
        return PLACE.sub(lambda match: self.places.get(match[1], "").strip() or match[0], self.body[:LONGEST_BODY])

    @property
    def left(self):
        """The places that are still empty."""
        return find_places(self.text)


def find_places(body):
    """Return the words in brackets in `body`, each once, in order."""
    return list(dict.fromkeys(PLACE.findall(body[:LONGEST_BODY])))[:MOST_PLACES]


def field_name(place):
    """The name of the form field for a place."""
    return f"place.{slugify(place, allow_unicode=True)}"


class LetterForm(WholeForm):
    """The sender, the addressee, the places to fill and the body, in which these stand."""

    name = LineField(gettext_lazy("Your name"), widget=TextInput(attrs={"autocomplete": "name"}))
    email = LineField(gettext_lazy("Email"), widget=EmailInput(attrs={"autocomplete": "email"}))
    phone = LineField(gettext_lazy("Phone"), widget=TextInput(attrs={"autocomplete": "tel"}))
    city = LineField(gettext_lazy("Town"), widget=TextInput(attrs={"autocomplete": "address-level2"}))
    date = LineField(gettext_lazy("Date"))
    to = TextField(gettext_lazy("To whom: name, library, address"), max_length=texts.LONGEST_LINE)
    body = TextField(gettext_lazy("The letter"), rows=16, max_length=LONGEST_BODY)

    SENDER = ("name", "email", "phone", "city", "date", "to")

    def __init__(self, data: Mapping) -> None:
        super().__init__(data)
        self.place_names = {field_name(place): place for place in find_places(self.typed("body"))}
        for name, place in self.place_names.items():
            self.fields[name] = LineField(f"{place[:1].upper()}{place[1:]}")
        self.order_fields([*self.SENDER, *self.place_names, "body"])

    @property
    def sender(self) -> list[BoundField]:
        return [self[name] for name in self.SENDER]

    @property
    def places(self) -> list[BoundField]:
        return [self[name] for name in self.place_names]

    @property
    def letter(self) -> Letter:
        """The letter as it was typed."""
        body = self.typed("body")
        places = {place: self.typed(field_name(place)) for place in find_places(body)}
        return Letter({name: self.typed(name) for name in self.SENDER}, body, places)


def document(letter: Letter) -> Document:
    """Return the Document of the letter."""
    name = letter.values.get("name", "").strip()
    title = _("Cover letter of %(name)s") % {"name": name} if name else _("Cover letter")
    result = Document(title, name, is_letter=True)
    contact = (letter.values.get(key, "").strip() for key in ("city", "email", "phone"))
    result.blocks.append(Head(name or _("Your name"), "", tuple(filter(None, contact))))
    for key in ("date", "to"):
        if text := letter.values.get(key, "").strip():
            result.blocks.append(Text(text))
    paragraphs = re.split(r"\n\s*\n", letter.text.strip())
    result.blocks += [Text(paragraph.strip()) for paragraph in paragraphs if paragraph.strip()]
    closing = _("Sincerely,")
    result.blocks.append(Text(f"{closing}\n{name}" if name else closing))
    return result


def advice(letter: Letter, document: Document) -> Iterator[Advice]:
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
    yield from gaps(document)
