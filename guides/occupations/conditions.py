"""By what people narrow all occupations who ask for jobs and name none: pay, schooling, outlook, a field, a state.

The Bureau publishes hourly and annual medians: who asks by the hour is answered by the hour.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats
from guides.datasets.areas import STATES
from guides.registry.search_sources import SearchCondition

from .fields import FIELDS

Narrowed = tuple[str, str] | None
# What people call fields of work, with the major groups that each takes in.
CALLED = {
    "office|administrative|admin|clerical|secretarial|desk": ("43",),
    "health ?care|health|medical|hospital": ("29", "31"),
    "tech|technology|information technology|computers?|coding|programming": ("15",),
    "construction": ("47",),
    "restaurants?|food service|food|kitchen|cooking": ("35",),
    "sales|retail": ("41",),
    "creative|arts?|media|entertainment": ("27",),
    "education|teaching": ("25",),
    "legal|law": ("23",),
    "business|finance|financial": ("13",),
    "science|scientific": ("19",),
    "law enforcement|security|protective service": ("33",),
    "farm|farming|agricultur(?:e|al)|forestry|fishing": ("45",),
    "maintenance|repair": ("49",),
    "factory|manufacturing|production": ("51",),
    "transportation|transport|driving|trucking": ("53",),
    "military|army": ("55",),
    "cleaning|janitorial": ("37",),
    "personal care|beauty": ("39",),
    "community service|social service|nonprofit": ("21",),
    "management|executive": ("11",),
    "engineering|architecture": ("17",),
    "skilled trades?|trades?|blue collar": ("47", "49", "51"),
}
# A sum: '$25', '30 dollars', '100k', '60,000'; and what it is for.
SUM = re.compile(
    r"(?:(?P<over>over|above|at least|more than|minimum|from)\s+)?(?P<sign>\$\s?)?"
    r"(?P<sum>\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.\d\d)?\s?(?P<thousand>k\b|thousand\b|grand\b)?\+?"
    r"(?:\s?(?P<dollars>dollars|bucks|usd)\b)?"
    r"(?:\s?(?:/|an?\b|per\b)?\s?(?P<unit>hour|hourly|hr|year|yearly|annually|yr)\b)?"
)
SIX_FIGURES = re.compile(r"\b(?:six|6)[ -]figures?\b")
# From where to where a number is a wage an hour, and a salary a year.
HOURLY, YEARLY = range(5, 500), range(10_000, 1_000_000)


def _pay(match: re.Match[str]) -> Narrowed:
    number = int(match["sum"].replace(",", "")) * (1000 if match["thousand"] else 1)
    unit = (match["unit"] or "")[:1]
    is_money = match["sign"] or match["dollars"] or match["thousand"] or unit == "h"
    if number in HOURLY and is_money and unit != "y" and not match["thousand"]:
        median = _("with a median of at least %(sum)s an hour") % {"sum": formats.money(number)}
        return median, f"hourly_from={number}&sort=pay"
    is_money = is_money or unit or match["over"] or "," in match["sum"]
    return _yearly(number) if is_money and number in YEARLY and unit != "h" else None


def _yearly(number: int) -> Narrowed:
    median = _("with a median of at least %(sum)s a year") % {"sum": formats.money(number)}
    return median, f"pay_from={number}&sort=pay"


def _condition(asked: str, name: str | Promise, query: str, *topics: str, of_jobs: bool = False) -> SearchCondition:
    pattern = re.compile(rf"\b(?:{asked})\b")
    return SearchCondition(pattern, lambda match: (str(name), query), frozenset(topics), of_jobs)


def _fields() -> Iterable[SearchCondition]:
    for words, groups in CALLED.items():
        name = gettext_lazy("in the field: %(fields)s")
        query = "&".join(f"major_group={group}" for group in groups)
        yield SearchCondition(
            re.compile(rf"\b(?:{words})\b"), _in_field(name, groups, query), frozenset({"technology"}), of_jobs=True
        )


def _in_field(name: str | Promise, groups: Iterable[str], query: str) -> Callable[[re.Match[str]], Narrowed]:
    return lambda match: (str(name) % {"fields": "; ".join(FIELDS[group] for group in groups)}, query)


def _state(match: re.Match[str]) -> Narrowed:
    said = _("whose pages say what each pays in %(state)s")
    return said % {"state": next(state.name for state in STATES if state.name.lower() == match[0])}, ""


SCHOOL = "education=none&education=school&sort=pay"
NO_DEGREE = "education=none&education=school&education=certificate&sort=pay"
OF_NO_SCHOOLING = gettext_lazy("that typically ask for no school beyond high school")
OF_STATES = re.compile(rf"\b(?:{'|'.join(state.name.lower() for state in STATES)})\b")
CONDITIONS = [
    SearchCondition(SUM, _pay, frozenset({"pay"})),
    SearchCondition(SIX_FIGURES, lambda match: _yearly(100_000), frozenset({"pay"})),
    _condition(
        "(?:without|with no|no|not? need|don t need|doesn t require)(?: an?)? (?:college )?(?:degrees?|college)",
        gettext_lazy("that typically ask for no degree"),
        NO_DEGREE,
        "degree",
    ),
    _condition(
        "(?:without|with no|no)(?: a)? (?:high school )?diploma",
        gettext_lazy("that typically ask for no diploma"),
        "education=none&sort=pay",
        "degree",
    ),
    _condition(
        "associate s degrees?|associates?(?: degrees?)?",
        gettext_lazy("that typically ask for an associate’s degree"),
        "education=associate&sort=pay",
        "degree",
        of_jobs=True,
    ),
    _condition(
        "bachelor s degrees?|bachelors?(?: degrees?)?",
        gettext_lazy("that typically ask for a bachelor’s degree"),
        "education=bachelor&sort=pay",
        "degree",
        of_jobs=True,
    ),
    _condition(
        "master s degrees?|masters?(?: degrees?)?",
        gettext_lazy("that typically ask for a master’s degree or more"),
        "education=master&sort=pay",
        "degree",
        of_jobs=True,
    ),
    _condition(
        "(?:a )?certificat(?:e|es|ion|ions)",
        gettext_lazy("that typically ask for a certificate or some college"),
        "education=certificate&sort=pay",
        "degree",
        "certification",
        of_jobs=True,
    ),
    _condition(
        "(?:without|with no|no)(?: any)? (?:experience|training|skills)(?: (?:needed|required|necessary))?|entry level",
        OF_NO_SCHOOLING,
        SCHOOL,
        "experience",
    ),
    _condition("high school diploma|ged|only high school|high school", OF_NO_SCHOOLING, SCHOOL, "degree", of_jobs=True),
    _condition(
        "(?:for )?(?:teens|teenagers|teenager|students|1[4-9] year olds?)", OF_NO_SCHOOLING, SCHOOL, of_jobs=True
    ),
    _condition(
        "fastest growing|growing|in demand|in high demand|of the future|future proof|with a future|best outlook",
        gettext_lazy("the best outlook first"),
        "sort=outlook",
        "outlook",
        of_jobs=True,
    ),
    _condition(
        "highest paying|highest paid|best paying|best paid|high paying|well paid|well paying|pay well|good money|"
        "that pay (?:good|a lot|more)|good pay|most money",
        gettext_lazy("the best paid first"),
        "sort=pay",
        "pay",
        of_jobs=True,
    ),
    *_fields(),
    SearchCondition(OF_STATES, _state, frozenset({"place"}), of_jobs=True),
]
