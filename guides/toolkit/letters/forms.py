"""The form of a cover letter: sender, addressee, the places to fill, and the body, in which these stand."""

from django.forms import BoundField, EmailInput, TextInput
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from .. import texts
from ..forms import LineField, TextField, WholeForm
from .draft import LONGEST_BODY, Letter, find_places


def field_name(place: str) -> str:
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

    def __init__(self, data: MultiValueDict[str, str]) -> None:
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
