"""Texts that hold the value of an official figure by hand, and names of figures that lead nowhere.

A value that was typed stays behind when its figure changes; a name follows (guides/figures_in_texts.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from .. import figures_in_texts, formats, freezing
from ..figures_in_texts import FigureName, Figures
from ..models import Figure, Observation
from .places import headings_in, part_of
from .sentences import on_one_line, spans

# A smaller sum or count stands in many a sentence that does not speak of the figure.
LEAST = 1000
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
# Thousands may be grouped by a comma or a space that does not break.
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+"
_NUMBER = re.compile(
    rf"(?<![\w.,/#-])(?P<sign>[$€£¥]\s?)?(?P<digits>{_DIGITS})(?:\.(?P<cents>\d\d))?(?![\w/]|[.,:]\d)"
    rf"(?P<unit>[ \u00a0-]?(?:%|per ?cent|hours?|months?|years?)(?!\w))?"
    rf"|(?<![\w.,/-])(?P<word>{'|'.join(WORDS)})(?P<of>[ \u00a0-](?:per ?cent)(?!\w))",
    re.IGNORECASE,
)
_UNITS = {"%": Figure.Unit.PERCENT, "p": Figure.Unit.PERCENT, "h": Figure.Unit.HOURS, "m": Figure.Unit.MONTHS}
# So many things change by seven percent that a sentence must speak of jobs or of a change for it to mean this one.
_OF_A_CHANGE = re.compile(
    r"\b(jobs?|employment|fewer|more|less|fall|rise|gr[oe]w|shrink|lose|drop|declin|project)", re.I
)
# Where a link leads is not said to readers.
_PLACE = re.compile(r"\]\([^)\s]*\)")

# What a number in a text and an observation must share: a unit, and the number without its sign.
Key = tuple[str, int]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one sentence: the part of the guide, the section's slug if it has one, and what to do."""

    place: str
    section: str
    message: str


@dataclass(frozen=True)
class Official:
    """An official value: its observation, and the name that a text should have in its place, if there is one."""

    observation: Observation
    name: FigureName | None
    says: str = ""

    def may_be_meant(self, sentence: str) -> bool:
        """Whether a sentence that holds the same number may speak of this figure."""
        is_change = self.observation.figure.measure == Figure.Measure.CHANGE
        return not is_change or _OF_A_CHANGE.search(sentence) is not None


@dataclass(frozen=True)
class Held:
    """A sentence that holds an official value: its field and place there, the number as typed, and what it is of."""

    field: str
    start: int
    end: int
    sentence: str
    typed: str
    official: Official


def faults(content: dict[str, Any], figures: Figures) -> Iterator[Fault]:
    """Yield a Fault for each wrong name, and for each sentence that holds an official value by hand."""
    headings, official = headings_in(content["objects"]), official_values(figures)
    for plain in content["objects"]:
        place, section = "", ""
        for message in [*_names(plain, figures), *map(_said, held(plain, official))]:
            place = place or part_of(plain, headings)
            section = section or _section_of(plain)
            yield Fault(place, section, message)


def _section_of(plain: dict[str, Any]) -> str:
    """The slug of the section that a plain object is or hangs from, or ''."""
    fields = plain["fields"]
    if plain["model"] == "guides.section":
        return str(fields["slug"])
    return str(fields["section"][1]) if fields.get("section") else ""


def _names(plain: dict[str, Any], figures: Figures) -> Iterator[str]:
    """What is wrong with the figures that a plain object's texts name."""
    prose = dict(freezing.prose(plain))
    for text in prose.values():
        yield from figures_in_texts.faults(text, figures)
    yield from _lengths(plain, figures)
    for name, text in plain["fields"].items():
        if name not in prose and isinstance(text, str) and figures_in_texts.START in text:
            yield figures_in_texts.too_short(text)


def _lengths(plain: dict[str, Any], figures: Figures) -> Iterator[str]:
    """Which texts are too long with what their figures say: where they are copied there is no more room for them."""
    model: type[Model] = apps.get_model(plain["model"])
    fields = {field.name: field for field in figures_in_texts.prose_fields(model)}
    for name, text in freezing.filled(plain, figures).items():
        if len(text) > (most := fields[name].max_length or 0):
            said = {"field": fields[name].verbose_name, "length": len(text), "most": most}
            yield (
                _("The %(field)s has %(length)s characters once its figures are filled in; %(most)s are the most.")
                % said
            )


def official_values(figures: Figures) -> dict[Key, Official]:
    """Return what official observations of the figures say in numbers, those that readers see before what was."""
    values: dict[Key, Official] = {}
    for (section, slug), figure in figures.items():
        for observation in figure.history:
            if observation.basis == Observation.Basis.OFFICIAL:
                for key, form in _keys(observation):
                    name = FigureName(section, slug, form)
                    says = figures_in_texts.says(name, figures) or ""
                    is_named = says and (observation == figure.leading or form == "before")
                    values.setdefault(key, Official(observation, name if is_named else None, says))
    return values


def _keys(observation: Observation) -> Iterator[tuple[Key, str]]:
    """Yield the numbers of an observation as texts might hold them, each with the form that names it."""
    figure, leading = observation.figure, observation.figure.leading
    is_before = leading is not None and figures_in_texts.before(leading) == observation
    form = "more-or-less" if figure.measure == Figure.Measure.CHANGE else ""
    ends = [(observation.value, form), (observation.low, "low"), (observation.high, "high")]
    for number, name in ends:
        if number is None or figure.unit in {Figure.Unit.TEXT, Figure.Unit.CATEGORY}:
            continue
        if abs(number) >= LEAST or figure.unit not in {Figure.Unit.CURRENCY, Figure.Unit.COUNT}:
            yield (figure.unit, abs(number)), "before" if is_before else name


def held(plain: dict[str, Any], official: dict[Key, Official]) -> Iterator[Held]:
    """Yield each sentence of a plain object that holds an official value, once for each such number."""
    for name, text in freezing.prose(plain) if official else ():
        for start, end in spans(text):
            sentence = on_one_line(text[start:end])
            words = _PLACE.sub("] ", figures_in_texts.ATTEMPT.sub(" ", sentence))
            for typed, keys in numbers_in(words):
                meant = (official[key] for key in keys if key in official and official[key].may_be_meant(words))
                if first := next(meant, None):
                    yield Held(name, start, end, sentence, typed, first)


def numbers_in(words: str) -> Iterator[tuple[str, list[Key]]]:
    """Yield the numbers in the words of a sentence, as typed and as the keys of official values that they may be."""
    for match in _NUMBER.finditer(words):
        yield match[0].strip(), list(_keys_of(match))


def _keys_of(match: re.Match[str]) -> Iterator[Key]:
    if match["word"]:
        yield Figure.Unit.PERCENT, WORDS.index(match["word"].lower())
        return
    unit, digits = (match["unit"] or "").strip(" \u00a0-").lower(), re.sub(r"\D", "", match["digits"])
    number, cents = int(digits), int(match["cents"] or 0)
    if unit:
        yield _UNITS.get(unit[0], Figure.Unit.YEARS), number
    elif cents:
        yield Figure.Unit.CENTS, number * 100 + cents
    elif match["sign"]:
        yield Figure.Unit.CURRENCY, number
    elif len(digits) != 4 or digits != match["digits"]:
        # A bare '2025' is a year, '2,025' is none.
        yield Figure.Unit.COUNT, number
        yield Figure.Unit.CURRENCY, number


def _said(held: Held) -> str:
    """Return the message on one sentence."""
    official, observation = held.official, held.official.observation
    said = {
        "sentence": held.sentence,
        "typed": held.typed,
        "label": observation.figure.label,
        "period": formats.dashes(observation.period),
        "name": str(official.name),
        "says": official.says,
        "number": figures_in_texts.number_name(held.typed),
    }
    if official.name is None:
        hold = _("“%(sentence)s” holds what the figure “%(label)s” said of %(period)s, and has been superseded since.")
        rest = _("Leave it out, or write %(number)s where it is meant to stay.")
    else:
        hold = _("“%(sentence)s” holds the figure “%(label)s” (%(period)s) by hand.")
        rest = _(
            "Write %(name)s, which says “%(says)s”, for “%(typed)s”, so that it follows the figure; or %(number)s "
            "where it is another number."
        )
    return f"{hold % said} {rest % said}"
