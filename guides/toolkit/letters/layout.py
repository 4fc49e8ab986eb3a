"""From a letter to a document."""

import re

from django.utils.translation import gettext as _

from ..documents.blocks import Document, Head, Text
from .draft import Letter


def document(letter: Letter) -> Document:
    """Return the Document of the letter."""
    name = letter.get("name")
    title = _("Cover letter of %(name)s") % {"name": name} if name else _("Cover letter")
    result = Document(title, name, is_letter=True)
    contact = (letter.get(key) for key in ("city", "email", "phone"))
    result.blocks.append(Head(name or _("Your name"), "", tuple(filter(None, contact))))
    result.blocks += [Text(text) for key in ("date", "to") if (text := letter.get(key))]
    paragraphs = re.split(r"\n\s*\n", letter.text.strip())
    result.blocks += [Text(paragraph.strip()) for paragraph in paragraphs if paragraph.strip()]
    closing = _("Sincerely,")
    result.blocks.append(Text(f"{closing}\n{name}" if name else closing))
    return result
