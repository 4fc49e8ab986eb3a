"""A cover letter as it is typed: its sender, its places to fill, its words."""

import re
from dataclasses import dataclass, field

PLACE = re.compile(r"\[([^\[\]\n]{1,80})\]")
# How the paragraphs begin that close a letter: why here, when one can start, thanks.
CLOSING = re.compile(
    r"(?:thank|sincerely|yours|(?:best|kind) regards|with thanks|please|may i|i hope"
    r"|i(?: would|['’]d) (?:like|love|welcome|be glad|be happy|appreciate)"
    r"|i look forward|i am looking forward|i(?: am|['’]m) (?:free|available)|i (?:can|could) (?:start|work|begin|come)"
    r"|you can (?:ask|reach|call))\b",
    re.IGNORECASE,
)
LONGEST_BODY = 8_000
MOST_PLACES = 40


@dataclass
class Letter:
    """A letter as typed. `values` are about sender and addressee, `places` what was filled in, by the place's words."""

    values: dict[str, str] = field(default_factory=dict)
    body: str = ""
    places: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.values.get(name, "").strip()

    @property
    def text(self) -> str:
        """The letter with its places filled; those still empty keep their brackets. Beyond its limit it is cut off."""
        return PLACE.sub(lambda match: self.places.get(match[1], "").strip() or match[0], self.body[:LONGEST_BODY])

    @property
    def left(self) -> list[str]:
        """The places that are still empty."""
        return find_places(self.text)


def find_places(body: str) -> list[str]:
    """Return the words in brackets in `body`, each once, in order."""
    return list(dict.fromkeys(PLACE.findall(body[:LONGEST_BODY])))[:MOST_PLACES]


def with_paragraph(body: str, paragraph: str) -> str:
    """Return the body with the paragraph before those that close the letter; once, if it has it already."""
    paragraphs = [part for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()) if part.strip()]
    if paragraph in paragraphs:
        return body
    place = len(paragraphs) - 1 if len(paragraphs) > 1 else len(paragraphs)
    while place > 1 and CLOSING.match(paragraphs[place - 1].lstrip()):
        place -= 1
    return "\n\n".join([*paragraphs[:place], paragraph, *paragraphs[place:]])
