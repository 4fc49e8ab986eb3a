"""Opening a plan with its key."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guides.forms import ReaderForm

from .. import keys

LIKE_DIGITS = str.maketrans("OoIl|", "00111")


class KeyField(forms.CharField):
    """A plan's key as people have it: typed in groups or in one, with spaces or hyphens, or a return link."""

    default_error_messages = {
        "form": _(
            "This is no key. A key has 30 digits, in five groups of six; of an older plan, 22 letters and digits."
        ),
        "length": ngettext_lazy(
            "A key has 30 digits, in five groups of six; this has %(count)d digit.",
            "A key has 30 digits, in five groups of six; this has %(count)d digits.",
            "count",
        ),
        "groups": ngettext_lazy(
            "Group %(groups)s cannot be right. Compare it with your note, digit by digit.",
            "Groups %(groups)s cannot be right. Compare them with your note, digit by digit.",
            "count",
        ),
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        linked = re.search(r"[?&#]key=([^&#\s]+)", text)
        return linked[1] if linked else self._as_number(text)

    def prepare_value(self, value: Any) -> Any:
        """What was typed in one is shown in groups again, so that a wrong one can be found."""
        text = str(value or "")
        is_long = text.isdecimal() and len(text) > keys.GROUP_DIGITS
        return " ".join(re.findall(f".{{1,{keys.GROUP_DIGITS}}}", text)) if is_long else value

    def _as_number(self, text: str) -> str:
        """The key in a text that holds one. A text of another form is refused, unless it may be a key of letters."""
        text = unicodedata.normalize("NFKC", text).strip()
        if keys.is_of_letters(text):
            return text
        # Taken for digits by eye; and what stands around the digits is no part of them.
        is_number = sum(map(str.isdecimal, text)) > len(text) // 2
        groups = re.findall("[0-9]+", text.translate(LIKE_DIGITS) if is_number else text)
        number = "".join(groups)
        if len(number) < keys.GROUP_DIGITS:
            raise ValidationError(self.error_messages["form"], code="form")
        # Groups of a person's own making say nothing of where a digit is missing, unless there are five of them.
        groups = groups if len(groups) == keys.GROUPS else keys.groups_of(number)
        if len(groups) != keys.GROUPS:
            message = self.error_messages["length"] % {"count": len(number)}
            raise ValidationError(message, code="length")
        if wrong := keys.wrong_groups(groups):
            named_places = get_text_list([str(place) for place in wrong], _("and"))
            params = {"groups": named_places, "count": len(wrong)}
            raise ValidationError(self.error_messages["groups"] % params, code="groups")
        return number


class ReturnForm(ReaderForm):
    """The key to a plan, and whose computer it is opened on."""

    key = KeyField(
        max_length=500,
        label=_("Your key"),
        help_text=_("30 digits in five groups, or your return link. Spaces do not matter."),
        error_messages={"required": _("Type the key, or paste your return link.")},
    )
    place = forms.ChoiceField(
        label=_("Where are you?"),
        choices=[
            ("own", _("On my own device: keep the plan open here")),
            ("public", _("On a public or shared computer: close it after 20 minutes without use")),
        ],
        widget=forms.RadioSelect,
        initial="own",
        error_messages={"required": _("Say whether others use this computer.")},
    )

    def __init__(self, *args: Any, linked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if linked:
            del self.fields["key"]
