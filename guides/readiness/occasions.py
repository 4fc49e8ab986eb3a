"""What a resume says of where something was done: at work, as a volunteer, in school, or nothing."""

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from .words import sentences


class Occasion(Enum):
    """Where a person did something, as the text says it."""

    WORK = _("At work")
    VOLUNTEERING = _("As a volunteer")
    STUDY = _("In school or training")
    UNSAID = _("The text does not say where")


@dataclass(frozen=True)
class Sentence:
    """A sentence's place in the text, where it was done, and the line that heads its entry."""

    start: int
    end: int
    occasion: Occasion
    entry: str


HEADINGS = {
    Occasion.VOLUNTEERING: r"volunteer\w*|community service|community involvement",
    Occasion.STUDY: r"education|coursework|course work|school|training|internships?|class projects?|studies"
    r"|certifications?",
    Occasion.WORK: r"(?:\w+ )?(?:experience|employment|history)|work|jobs?|positions?|career",
    Occasion.UNSAID: r"(?:\w+ )?skills|(?:\w+ )?summary|profile|interests|hobbies|objective|career objective"
    r"|references|awards|languages|about me|also",
}
HEADING = {
    occasion: re.compile(rf"\W*(?:{words})(?: (?:and|&) \w+)?\s*(?::|$)", re.IGNORECASE)
    for occasion, words in HEADINGS.items()
}
YEARS = re.compile(
    r"\b(?:19|20)\d\d\s*(?:-|\u2010|\u2011|\u2013|\u2014|to|until)\s*(?:(?:19|20)\d\d|present|now|today)"
    r"|\bsince (?:\w+ )?(?:19|20)\d\d|\((?:19|20)\d\d\)|,\s*(?:19|20)\d\d\s*$",
    re.IGNORECASE,
)
VOLUNTEERED = re.compile(
    r"\bvolunteer(?:ed|ing)\b|\bas a volunteer\b|\bunpaid\b|^\W*volunteer\b(?! (?:hours|coordinator|manager))",
    re.IGNORECASE,
)
STUDIED = re.compile(
    r"\b(?:diploma|degree|bachelor|master of|associate of|b\.?a\.|a\.a\.s|student|intern|internship|coursework"
    r"|class project|expected (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
WORKED = re.compile(
    r"\b(?:worked|employed|my job|i work|years? of experience"
    r"|for (?:\w+ ){0,2}(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many) years)\b",
    re.IGNORECASE,
)


def said(sentence: str) -> Occasion | None:
    """What a sentence itself says of where it was done."""
    if VOLUNTEERED.search(sentence):
        return Occasion.VOLUNTEERING
    if STUDIED.search(sentence):
        return Occasion.STUDY
    return Occasion.WORK if WORKED.search(sentence) else None


def heading(line: str) -> Occasion | None:
    """The occasion that a heading, or the word before a colon, gives to what follows."""
    return next((occasion for occasion, words in HEADING.items() if words.match(line)), None)


def of_sentences(text: str) -> list[Sentence]:
    """Each sentence of `text` with its occasion: its own word, or that of the entry or the heading above it."""
    result, section, entry, line = [], Occasion.UNSAID, Occasion.UNSAID, ""
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        if (occasion := heading(sentence)) is not None:
            section = entry = occasion
            line = ""
        elif YEARS.search(sentence):
            line = sentence
            own = said(sentence)
            inherits = section in {Occasion.VOLUNTEERING, Occasion.STUDY}
            entry = own or (section if inherits else Occasion.WORK)
        result.append(Sentence(start, end, said(sentence) or entry, line))
    return result
