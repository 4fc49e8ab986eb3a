"""What to look at again before a letter goes out. Advice, never a refusal."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .. import advice
from ..advice import Advice
from ..documents.blocks import Document
from .draft import Letter

SHORT, LONG = 120, 400  # words: so many fit on one page in each design
GENERIC = re.compile(r"to whom it may concern|dear sir(/| or )madam", re.IGNORECASE)


def check(letter: Letter, document: Document) -> Iterator[Advice]:
    """Yield the Advice on a letter and its document."""
    if letter.left:
        yield Advice(_("Still to fill: %(places)s.") % {"places": ", ".join(f"[{place}]" for place in letter.left)})
    if not letter.get("name"):
        yield Advice(_("Your name is missing."))
    if GENERIC.search(letter.text):
        yield Advice(_("Find out who will read it. If you cannot, greet the hiring team of the library by name."))
    yield advice.length(
        letter.text,
        advice.Length(
            SHORT,
            LONG,
            too_short=_(
                "%(words)s so far, of %(shortest)d or more: say more about one thing you did that this library needs."
            ),
            right=_("Length: %(words)s, one page."),
            too_long=_("%(words)s: cut it to one page, %(longest)d at most."),
        ),
    )
    yield from advice.gaps(document)
