"""How figures and texts are written: money, percentages, counts and ranges, one style everywhere."""

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, cast

from django.utils.formats import get_format, number_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from .models import Figure, Observation

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
# From here on a time is given in years.
WEEKS_OF_TWO_YEARS, MONTHS_OF_TWO_YEARS, DAYS_OF_THREE_MONTHS = 105, 24, 92
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
RANGE = re.compile(r"(?<=\d)-(?=\d)")
BLOCK_END = re.compile(r"</(?:p|li|h3|h4|blockquote|caption|t[hdr]|figcaption)>|<br ?/?>")


def plain_text(html: str) -> str:
    """Return rendered Markdown as plain text on one line."""
    return " ".join(unescape(strip_tags(BLOCK_END.sub(" ", html))).split())


def dashes(text: str) -> str:
    """Return `text` with an en dash in each range of numbers: sources write '2024-34'."""
    return RANGE.sub(DASH, text)


def number(value: int, signed: bool = False) -> str:
    """Return a whole number with thousands separators and a real minus; `signed` shows the plus as well."""
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    # Django's number_format does the same of a whole number in four times the time: a page has hundreds.
    return sign + f"{abs(value):,}".replace(",", get_format("THOUSAND_SEPARATOR", use_l10n=True))


def span(low: int | None, high: int | None, write: Callable[[int], str] = number, open_ended: bool = False) -> str:
    """Return a range such as '12–24', '500–3,000' or '55,000+'; either end may be None, equal ends are one value."""
    if high is None:
        return f"{write(cast(int, low))}+"  # one end is always known
    if low is None:
        return _("up to %(value)s") % {"value": write(high)}
    plus = "+" if open_ended else ""
    return f"{write(low)}{plus}" if low == high else f"{write(low)}{DASH}{write(high)}{plus}"


def money(low: int | None, high: int | None = None, currency: str = "USD", open_ended: bool = False) -> str:
    """Return an amount or a range: '$39,970', '€25,000–€40,000', 'CAD 35,000–50,000'.

    A currency without a sign of its own that readers know stands as its code, once, before the range.
    """
    high = low if high is None and not open_ended else high
    if sign := SYMBOLS.get(currency):
        return span(low, high, lambda value: f"{sign}{number(value)}", open_ended)
    return f"{currency}{NBSP}{span(low, high, number, open_ended)}"


def cents(value: int, currency: str = "USD") -> str:
    """Return a sum that is given in cents: '$21.43', 'CAD 21.43'."""
    sign = SYMBOLS.get(currency, f"{currency}{NBSP}")
    return sign + number_format(f"{value // 100}.{value % 100:02}", use_l10n=True, force_grouping=True)


def change(percent: int) -> str:
    """Return a change in percent with its sign, such as '−7%'."""
    return f"{number(percent, signed=True)}%"


def percent(value: float) -> str:
    """Return a change in percent with its sign and one decimal, such as '+11.5%'."""
    rounded = round(value, 1)
    sign = MINUS if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{tenths(abs(rounded))}%"


def months(low: int | None, high: int | None) -> str:
    """Return a time in months, such as '6–12 months'; empty where neither end is known."""
    if low is None and high is None:
        return ""
    last = high if high is not None else low or 0
    return ngettext("%(span)s month", "%(span)s months", last) % {"span": span(low, high)}


def years(low: int | None, high: int | None) -> str:
    """Return a time in years, such as '3–6 years' or '10+ years'."""
    return ngettext("%(span)s year", "%(span)s years", high or low or 0) % {"span": span(low, high)}


def hours(low: int | None, high: int | None) -> str:
    """Return a time in hours, such as '1 hour', '2–5 hours' or '10+ hours'."""
    return ngettext("%(span)s hour", "%(span)s hours", high or low or 0) % {"span": span(low, high)}


def days(count: int) -> str:
    """Return a number of days: '12 days', '5 months' from three months on, '3 years 1 month' from two years on."""
    if count < DAYS_OF_THREE_MONTHS:
        return ngettext("%(number)s day", "%(number)s days", count) % {"number": number(count)}
    whole = round(count * 12 / 365.25)
    if whole < MONTHS_OF_TWO_YEARS:
        return months(whole, whole)
    full, rest = divmod(whole, 12)
    return f"{years(full, full)} {months(rest, rest)}" if rest else years(full, full)


def weeks(count: int) -> str:
    """Return a number of weeks, 'a week' or '3 weeks'; whole years, rounded down, from two years on."""
    if count >= WEEKS_OF_TWO_YEARS:
        years = int(count * 7 / 365.25)
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": number(years)}
    return ngettext("a week", "%(number)s weeks", count) % {"number": number(count)}


def words(count: int) -> str:
    """Return a number of words: '1 word', '200 words'."""
    return ngettext("%(number)s word", "%(number)s words", count) % {"number": number(count)}


def amount(observation: "Observation") -> str:
    """Return what an observation says, in its figure's unit; its words where it holds no number."""
    figure, (low, high) = observation.figure, ends(observation)
    if low is None and high is None:
        return observation.text
    return values(figure, low, high, observation.high_is_open)


def values(figure: "Figure", low: int | None, high: int | None, open_ended: bool = False) -> str:
    """Return a value of a figure (both ends the same) or a range of them, in the figure's unit."""
    match figure.unit:
        case figure.Unit.CURRENCY:
            return money(low, high, figure.currency, open_ended)
        case figure.Unit.CENTS:
            return span(low, high, lambda value: cents(value, figure.currency), open_ended)
        case figure.Unit.PERCENT:
            signed = figure.measure == figure.Measure.CHANGE
            return span(low, high, lambda value: f"{number(value, signed)}%", open_ended)
        case figure.Unit.MONTHS:
            return months(low, high)
        case figure.Unit.YEARS:
            return years(low, high)
        case figure.Unit.HOURS:
            return hours(low, high)
    return span(low, high, number, open_ended)


def one_decimal(value: float) -> str:
    """Return a number to one decimal, which is left out where it is nought: '11.5', '7'."""
    return number_format(round(value, 1), decimal_pos=0 if round(value, 1) % 1 == 0 else 1, use_l10n=True)


def tenths(value: float) -> str:
    """Return a number with its tenths, such as '4.0': one of a column of them."""
    return f"{round(value, 1):.1f}".replace(".", get_format("DECIMAL_SEPARATOR", use_l10n=True))


def more_or_less(percent: float, of_things: bool) -> str:
    """Return a change in words: '7 percent fewer' of things that are counted, '11.5 percent more'."""
    size = one_decimal(abs(percent))
    if percent >= 0:
        return _("%(size)s percent more") % {"size": size}
    if of_things:
        return _("%(size)s percent fewer") % {"size": size}
    return _("%(size)s percent less") % {"size": size}


def ends(observation: "Observation") -> tuple[int | None, int | None]:
    """Return an observation's lower and upper end; a single value is both."""
    return (observation.low, observation.high) if observation.value is None else (observation.value, observation.value)


def usd(observation: "Observation") -> str:
    """Return an observation's amount in US dollars, converted by its source or in dollars anyway; empty if unknown."""
    low, high = usd_ends(observation)
    return "" if low is None and high is None else money(low, high, "USD", observation.high_is_open)


def usd_ends(observation: "Observation") -> tuple[int | None, int | None]:
    """Return an observation's lower and upper end in US dollars, each None where unknown."""
    if observation.usd_value is not None:
        return observation.usd_value, observation.usd_value
    if observation.usd_low is not None or observation.usd_high is not None:
        return observation.usd_low, observation.usd_high
    return ends(observation) if observation.figure.currency == "USD" else (None, None)
