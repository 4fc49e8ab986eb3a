"""How many openings there are for what a page is about, and how a posting's pay and days are said."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guides import formats
from guides.models import Guide, Listing
from guides.plan.models import Application, SavedGuide

from .. import pay
from ..models import Feed, Posting

register = template.Library()

# So many days away, a day and a month alone may be of either of two years.
FAR = 200
# Sums that a feed gives and nobody would pay, such as 2.000 - 1.000 USD Week.
IN_FIGURES = re.compile(r"[\d.,]+(?: - [\d.,]+)? [A-Z]{3}\b.*")


@register.simple_tag
def guides_for(application: Application) -> list[Listing]:
    """The guides by which one prepares for an application: that of its posting, else those that the plan holds."""
    posting = Posting.objects.filter(address=application.link).exclude(guide="").first() if application.link else None
    if posting is not None:
        return list(Listing.objects.filter(slug=posting.guide))
    saved = SavedGuide.objects.filter(plan=application.plan_id).values_list("guide", flat=True)
    return list(Listing.objects.filter(slug__in=saved).order_by("title"))


@register.simple_tag
def openings_of(guide: Guide | None = None, occupation: str = "") -> str:
    """The address of the openings for a guide's or an occupation's job; '' where there is none."""
    postings = Posting.objects.open()
    postings = postings.of_guide(guide.slug) if guide else postings.of_occupation(occupation)
    query = {"guide": guide.slug} if guide else {"occupation": occupation[:7]}
    return f"{reverse('openings:list')}?{urlencode(query)}" if postings.exists() else ""


@dataclass(frozen=True)
class Facts:
    """What a list says of a posting beside its title: its pay, then the rest in the order in which one asks for it."""

    pay: str
    others: list[str]


@register.simple_tag
def facts_of(posting: Posting, least: pay.Pay | None = None) -> Facts:
    """What a list says of a posting. Made here and not in the template, which has thirty of them to fill.

    `least` is what is looked for: pay stated for another time is said for that one as well.
    """
    closes = _("closes %(day)s") % {"day": weekday(posting.closes_on)} if posting.closes_on else ""
    if closes and posting.closes_at:
        closes = f"{closes}, {time_format(posting.closes_at)}"
    posted = _("posted %(day)s") % {"day": weekday(posting.posted_on)}
    if posting.is_old:
        posted = _("posted %(day)s, with no end named: may be filled") % {"day": weekday(posting.posted_on)}
    remote = Posting.Remote(posting.remote).label if posting.remote else ""
    hours = said_hours(posting)
    said = said_pay(posting) or _("no pay stated")
    if least and posting.year_low is not None and posting.pay_unit != least.unit:
        same = pay.in_words(pay.of_year(posting.year_low, least.unit), None, least.unit)
        told = _("%(pay)s (from about %(same)s, full time)")
        if posting.is_part_time:
            told = _("%(pay)s (from about %(same)s if it were full time)")
        said = told % {"pay": said, "same": same}
    return Facts(
        said,
        [str(said) for said in (remote, hours, closes, posted) if said],
    )


@register.simple_tag
def said_of_feed(feed: Feed) -> str:
    """How much a feed lists, and when it was read last."""
    count = ngettext("%(number)s opening", "%(number)s openings", feed.count) % {"number": formats.number(feed.count)}
    read = timezone.localdate(feed.worked_at) if feed.worked_at else timezone.localdate()
    return _("%(count)s, read last on %(day)s.") % {"count": count, "day": _in_full(read, get_language() or "")}


def weekday(day: date) -> str:
    """A day near today as a list says it, such as 'Fri, Dec 4'; of another year with that."""
    return _written(day, get_language() or "")


@lru_cache(maxsize=2_000)
def _written(day: date, language: str) -> str:
    is_near = abs((day - timezone.localdate()).days) < FAR
    return date_format(day, _("D, M j") if is_near else "DATE_FORMAT")


@lru_cache(maxsize=2_000)
def _in_full(day: date, language: str) -> str:
    return date_format(day)


@register.filter
def year_pay(posting: Posting) -> str:
    """What a posting's pay comes to in a year, in a sentence; '' where it is stated for a year, or nobody can say."""
    if not posting.year_low or not posting.year_high or posting.pay_unit == Posting.Unit.YEAR:
        return ""
    low, high, hours = posting.year_low, posting.year_high, _week_hours(posting)
    if posting.pay_unit != Posting.Unit.HOUR:
        if posting.is_part_time:
            return ""
    elif hours and posting.week_hours_low and posting.week_hours_high:
        low, high = round(low * posting.week_hours_low / 40), round(high * posting.week_hours_high / 40)
        said = _("At %(hours)s hours a week that is about %(pay)s a year: our estimate, of 52 weeks.")
        return said % {"hours": hours, "pay": _money(low, high)}
    elif posting.is_part_time:
        return _("It does not say how many hours a week, so nobody can say what a year of it brings.")
    said = _("As a full-time year that is about %(pay)s: our estimate, 40 hours in 52 weeks.")
    return said % {"pay": _money(low, high)}


def _money(low: int, high: int) -> str:
    return formats.money(low, high if high != low else None)


def _week_hours(posting: Posting) -> str:
    """Hours a week in figures, such as '15–19'; '' where none are stated."""
    low, high = posting.week_hours_low, posting.week_hours_high
    if low is None or high is None:
        return ""
    return f"{low.normalize():f}" if low == high else f"{low.normalize():f}–{high.normalize():f}"


@register.filter
def said_hours(posting: Posting) -> str:
    """How much of a week it is: 'Part time, 15–19 hours a week'; '' where nothing is stated."""
    hours = _week_hours(posting)
    of_week = _("%(hours)s hours a week") % {"hours": hours} if hours else ""
    label = str(Posting.Hours(posting.hours).label) if posting.hours else ""
    return ", ".join(filter(None, (label, of_week)))


@register.filter
def said_pay(posting: Posting) -> str:
    """A posting's pay as a reader says it, such as '$18.50 to $22.00 an hour'; its own words where no sum is known."""
    if posting.is_unpaid:
        return _("unpaid, a volunteer’s work")
    if posting.pay_low is None or not posting.pay_unit:
        if IN_FIGURES.fullmatch(posting.pay_stated):
            return _("“%(words)s” in its feed, which is no pay that we can read") % {"words": posting.pay_stated}
        return posting.pay_stated
    return pay.in_words(posting.pay_low, posting.pay_high, posting.pay_unit)
