"""A figure that is a number for each of several categories, such as kinds of employer: how its words are read.

One source's answer for one period stays one observation: 'Local government 56%, local schools 15%', or
'Private colleges $22.76, public ones $22.05'. Of a survey's share the interval may stand behind it: '30% (13–55)'.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

ONE = re.compile(
    r"(?P<name>[^\d$%\s][^%$]*?) (?P<amount>\$\d[\d,]*(?:\.\d\d)?|\d{1,3}%)"
    r"(?: \((?P<low>\d{1,3})[–-](?P<high>\d{1,3})%?\))?(?:[,;] |$)"
)

NUMBER = re.compile(r"[\d%$]")


@dataclass(frozen=True)
class Category:
    """One category: its name, its number as it is written and as a number, and the ends of its interval if given."""

    name: str
    amount: str
    value: float
    low: int | None = None
    high: int | None = None


def read_categories(text: str) -> list[Category]:
    """Return the categories that `text` lists, none where it is not wholly such a list."""
    categories, end = [], 0
    while match := ONE.match(text, end):
        categories.append(_category(match))
        end = match.end()
    return categories if end == len(text) else []


def _category(match: re.Match[str]) -> Category:
    low, high = match["low"], match["high"]
    return Category(
        name=capfirst(match["name"]),
        amount=match["amount"],
        value=float(match["amount"].strip("$%").replace(",", "")),
        low=int(low) if low else None,
        high=int(high) if high else None,
    )


def validate_categories(text: str) -> None:
    """Refuse a list that cannot be read, or has an interval that its number is not in.

    Words without any number pass: a source may name the categories in their order and give no number.
    """
    categories = read_categories(text)
    if not categories and NUMBER.search(text):
        raise ValidationError(
            {"text": _("Write a name and a number for each, with commas between: Schools 15%, colleges 13%.")}
        )
    for category in categories:
        low, high = category.low, category.high
        if low is not None and high is not None and not low <= category.value <= high:
            raise ValidationError({"text": _("%(name)s: its number is not in its interval.") % {"name": category.name}})
