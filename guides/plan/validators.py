"""What a plan's texts may hold: what can be shown, checked alike in forms, in imports and in the published schema."""

import re
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

# Control characters, and halves of characters that no database stores. Patterns that Python and JSON Schema share.
CONTROL_IN_LINE = "[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]"
CONTROL_IN_TEXT = "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]"
WEB_ADDRESS = '^https?://[^\\s<>"]+$'
ITEM_SLUG = "^[a-z2-9]{12}$"
GUIDE_SLUG = "^[-a-zA-Z0-9_]+$"

_message = _("This holds a control character, which cannot be shown. Delete it, or type the text again.")
plain_line = [RegexValidator(CONTROL_IN_LINE, _message, inverse_match=True)]
plain_text = [RegexValidator(CONTROL_IN_TEXT, _message, inverse_match=True)]
web_address = RegexValidator(WEB_ADDRESS, _("A link starts with https:// or http:// and has no spaces."))
item_slug = [
    RegexValidator(ITEM_SLUG, _("An item's name is 12 small letters and digits.")),
    *plain_line,
]
guide_slug = [
    RegexValidator(GUIDE_SLUG, _("A guide's or a step's address holds letters, digits and hyphens.")),
    *plain_line,
]
anchor = RegexValidator("^[-a-z]{1,40}-[a-z2-9]{12}$", _("This names no item of a plan."))
_likely = _("Give a day between 1950 and 2199.")
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)
likely_day = [MinValueValidator(FIRST_DAY, _likely), MaxValueValidator(LAST_DAY, _likely)]


def new_slug() -> str:
    """Return a random name for an item of a plan: 12 letters and digits."""
    return get_random_string(12, "abcdefghijkmnpqrstuvwxyz23456789")


def one_line(text: str) -> str:
    """Return a guide's words as a plan takes them. Editors can paste what no person could type into a plan."""
    return re.sub(CONTROL_IN_LINE, " ", text)


def with_newlines(text: str) -> str:
    """Return `text` with the one kind of line break that is stored: browsers send another."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
