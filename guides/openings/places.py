"""Where a posting's work is done: a place as feeds write it, its state, and whether it is done from anywhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guides.datasets.areas import BY_ABBREVIATION, BY_NAME

from .found import FoundPosting
from .models import Posting

REMOTE = re.compile(r"\b(?:remote|telecommut\w*|telework|work from home|anywhere)\b", re.IGNORECASE)
HYBRID = re.compile(r"\bhybrid\b|\bpartly remote\b|\bremote and on-?site\b", re.IGNORECASE)
NOT_REMOTE = re.compile(r"\b(?:not|no|non)\W{1,2}(?:\w+ ){0,3}(?:remote|telework|telecommut)", re.IGNORECASE)
ABBREVIATION = re.compile(r"(?:^|[,\s(-])([A-Z]{2})(?=$|[\s,)-])(?:\s+\d{5}(?:-\d{4})?)?")
NOWHERE = re.compile(r"(?:various|multiple|many|unknown|n/?a|tbd|see (?:description|posting))\b.*", re.IGNORECASE)
COUNTRY = re.compile(r"(?:,\s*)?(?:United States(?: of America)?|U\.?S\.?A?\.?)$")
ZIP = re.compile(r"\s*\b\d{5}(?:-\d{4})?$")


@dataclass(frozen=True)
class Place:
    """A place as readers see it, its state's abbreviation, degrees, and how much of the work is remote."""

    name: str
    state: str
    latitude: float | None
    longitude: float | None
    remote: str


def of(found: FoundPosting, title: str, stated: str, default_state: str) -> Place:
    """Return where a found posting's work is done. `stated` is its place in plain text, `title` its title."""
    state = _state(found.state) or _state_in(stated)
    hints = f"{found.remote} {stated} {title}"
    remote = ""
    if HYBRID.search(hints):
        remote = Posting.Remote.HYBRID
    elif REMOTE.search(hints) and not NOT_REMOTE.search(hints):
        remote = Posting.Remote.REMOTE
    name = ZIP.sub("", COUNTRY.sub("", stated)).strip(" ,-")
    if NOWHERE.fullmatch(name) or REMOTE.fullmatch(name) or HYBRID.fullmatch(name):
        name = ""
    if not state and not remote and name and not _is_abroad(found.country):
        state = default_state
    if name and state:
        # 'Columbus, Ohio' is Columbus, OH.
        head, comma, last = name.rpartition(",")
        name = head if comma and _state(last) == state else name
        name = name if _state_in(name) else f"{name}, {state}"
    latitude, longitude = _degrees(found.latitude, 90), _degrees(found.longitude, 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        latitude = longitude = None
    return Place(name or (BY_ABBREVIATION[state].name if state else ""), state, latitude, longitude, remote)


def names_of(near: str) -> list[str]:
    """Return what postings may call a place that somebody types, in small letters: 'portland, or' for Portland Oregon.

    Without a state, it is the city of that name in every state.
    """
    said = ZIP.sub("", COUNTRY.sub("", near)).strip(" ,")
    for city, state in _parted(said):
        if city and (abbreviation := _state(state)):
            return [f"{city}, {abbreviation}".lower()]
    return [said.lower(), *(f"{said}, {abbreviation}".lower() for abbreviation in BY_ABBREVIATION)]


def _parted(said: str) -> Iterator[tuple[str, str]]:
    """A place as a city and what may be its state: behind a comma, else in the last word or the last two."""
    if "," in said:
        city, _comma, state = said.rpartition(",")
        yield city.strip(" ,"), state
        return
    words = said.split()
    for count in (2, 1):
        yield " ".join(words[:-count]), " ".join(words[-count:])


def _state(text: str) -> str:
    """The abbreviation of a state that is written alone."""
    text = text.strip()
    if text.upper() in BY_ABBREVIATION:
        return text.upper()
    named = BY_NAME.get(text.casefold())
    return named.abbreviation if named else ""


def _state_in(text: str) -> str:
    """The abbreviation of the state that stands in a place, as 'Columbus, OH' and 'Ohio - Columbus' have it."""
    for part in reversed(re.split(r"\s*(?:,|;|\s-\s|\||\()\s*", text.rstrip(")"))):
        if found := _state(ZIP.sub("", part)):
            return found
    found_abbreviations = [each for each in ABBREVIATION.findall(text) if each in BY_ABBREVIATION]
    return found_abbreviations[-1] if found_abbreviations else ""


def _is_abroad(country: str) -> bool:
    return bool(country) and country.strip().upper().replace(".", "") not in (
        "US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA",
    )  # fmt: skip


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most else None
