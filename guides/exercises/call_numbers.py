"""How call numbers file on a shelf: a sort key for Dewey and one for Library of Congress numbers.

Both file nothing before something, a part after the other: the class, then the book numbers, then year, volume, copy.
Whole numbers count as numbers; what stands behind a point, in a class or in a book number, is a decimal fraction.
"""

import re

# What compares one part of a call number with another: what kind of part it is, then its letters, then its figures.
Part = tuple[int, str, int, str, str]
Key = tuple[Part, ...]

DEWEY_CLASS = re.compile(r"(?P<whole>\d{3})(?:\.(?P<decimals>\d+))?$")
CONGRESS_CLASS = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<whole>\d{1,4})(?:\.(?P<decimals>\d+))?$")
YEAR = re.compile(r"(?P<year>\d{4})(?P<mark>[a-z]?)$")
NUMBERED = re.compile(r"(?P<what>v|no|pt|c)\.(?P<number>\d+)$")
BOOK = re.compile(r"\.?(?P<letters>[A-Za-z]+)(?P<decimals>\d*)(?P<mark>[a-z]*)$")

# At one place a year comes before letters, and what numbers the pieces of one work comes last.
CLASS, DATE, LETTERS, PIECE = range(4)
# Volumes come before their parts, copies of a piece after everything.
PIECES = {"v": "1", "no": "2", "pt": "2", "c": "9"}


class UnknownForm(ValueError):
    """The call number does not have the form that its scheme asks for; the message names the part."""


def dewey_key(call_number: str) -> Key:
    """Return what a Dewey call number, such as '641.5 SMI 2019 v.2', is filed by. Raises UnknownForm."""
    first, *rest = call_number.split() or [""]
    match = DEWEY_CLASS.match(first)
    if match is None:
        raise UnknownForm(f"'{first}' is no Dewey number: three digits, and decimals behind a point.")
    return ((CLASS, "", int(match["whole"]), match["decimals"] or "", ""), *map(_part, rest))


def congress_key(call_number: str) -> Key:
    """Return what an LC call number, such as 'QA76.73.P98 L88 2019 v.2', is filed by. Raises UnknownForm."""
    first, *rest = _parts(call_number) or [""]
    match = CONGRESS_CLASS.match(first)
    if match is None:
        raise UnknownForm(f"'{first}' is no class of the Library of Congress: one to three capitals, then a number.")
    return ((CLASS, match["letters"], int(match["whole"]), match["decimals"] or "", ""), *map(_part, rest))


def _parts(call_number: str) -> list[str]:
    """The parts of an LC call number: its first book number may stand close to its class, behind a point."""
    return re.sub(r"(?<=\d)\.(?=[A-Z])", " .", call_number).split()


def _part(text: str) -> Part:
    """What one part behind the class is filed by."""
    if match := YEAR.match(text):
        return (DATE, "", int(match["year"]), "", match["mark"])
    if match := NUMBERED.match(text):
        return (PIECE, PIECES[match["what"]], int(match["number"]), "", "")
    if match := BOOK.match(text):
        return (LETTERS, match["letters"].upper(), 0, match["decimals"], match["mark"])
    raise UnknownForm(f"'{text}' is neither letters with figures, nor a year, nor a volume such as v.2 or a copy c.2.")


KEYS = {"dewey": dewey_key, "congress": congress_key}


def key(scheme: str, call_number: str) -> Key:
    """Return what a call number of 'dewey' or 'congress' is filed by. Raises UnknownForm."""
    return KEYS[scheme](call_number)
