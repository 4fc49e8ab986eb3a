"""What is new of an alert: each piece of it with a mark, by which what was told is told once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from guides import formats
from guides.models import Edition, Observation
from guides.openings.models import Posting
from guides.openings.templatetags.openings import said_pay
from guides.plan import item_types
from guides.reading import reader

from . import searches
from .models import Alert

MOST = 50
# What is stored with a moment may be seen a while after it: a fetch stores its postings all at once, at its end.
OVERLAP = timedelta(days=1)


@dataclass(frozen=True)
class NewsItem:
    """One piece of news. `mark` tells it from any other of the same alert; `at` is when it came to be known here."""

    mark: str
    title: str
    text: str
    url: str
    at: datetime
    on: date | None = None  # by when to act


def of(alert: Alert, since: datetime, days: int = 7) -> list[NewsItem]:
    """Return what there is of the alert since that moment and somewhat before, newest first, at most MOST.

    `days` is how far ahead one looks for dates.
    """
    return SUBJECTS[alert.subject](alert, since - OVERLAP, days)


def _openings(alert: Alert, since: datetime, _days: int) -> list[NewsItem]:
    postings = searches.found(alert.query).filter(first_seen__gte=since).newest()[:MOST]
    return [
        NewsItem(
            f"opening-{posting.pk}",
            posting.title,
            _said(posting),
            f"{settings.SITE_URL}{posting.get_absolute_url()}",
            posting.first_seen,
            posting.closes_on,
        )
        for posting in postings
    ]


def _said(posting: Posting) -> str:
    """Who, where, for what pay, until when."""
    day = posting.closes_on
    closes = _("closes on %(day)s") % {"day": date_format(day)} if day else ""
    if closes and posting.closes_at:
        closes = f"{closes}, {time_format(posting.closes_at)}"
    return "; ".join(filter(None, (posting.employer, posting.place, said_pay(posting) or _("no pay stated"), closes)))


def _figures(alert: Alert, since: datetime, _days: int) -> list[NewsItem]:
    """Editions of a guide that say other figures than those before them."""
    published = Edition.objects.filter(guide__slug=alert.query.partition("=")[2]).exclude(published_at=None)
    editions = list(published.order_by("-published_at", "-pk")[: MOST + 1])
    news = []
    for edition, before in pairwise(editions):
        if edition.published_at is None or edition.published_at < since:
            break
        if changed := _changed(before, edition):
            address = f"{settings.SITE_URL}{alert.get_subject_url()}"
            title = _("%(guide)s: changed figures") % {"guide": edition.guide.title}
            news.append(NewsItem(f"edition-{edition.pk}", title, "; ".join(changed), address, edition.published_at))
    return news


def _changed(before: Edition, after: Edition) -> list[str]:
    """The figures that differ, each as a sentence's part."""
    was, now = _figures_of(before), _figures_of(after)
    both = [key for key in now if key in was and now[key] != was[key]]
    said = [_("%(label)s: %(was)s became %(now)s") % _pair(was[key], now[key]) for key in both]
    return said + [_("%(label)s is new: %(now)s") % _pair(now[key], now[key]) for key in now if key not in was]


def _pair(was: tuple[str, str], now: tuple[str, str]) -> dict[str, str]:
    return {"label": now[0], "was": was[1], "now": now[1]}


def _figures_of(edition: Edition) -> dict[tuple[str, str], tuple[str, str]]:
    """Each figure with a value: its label, and what it says with its period."""
    return {
        (figure.section.slug, figure.slug): (figure.label, _value(figure.leading))
        for figure in reader.of(edition).figures
        if figure.leading
    }


def _value(observation: Observation) -> str:
    return f"{formats.amount(observation)} ({observation.period})"


def _dates(alert: Alert, _since: datetime, days: int) -> list[NewsItem]:
    """What the plan has for the days to come, soonest first. A date that was moved is told again."""
    plan = alert.plan
    address = f"{settings.SITE_URL}{plan_url()}"
    ahead = [dated for dated in item_types.all_dates(item_types.all_items(plan)) if not dated.past]
    return [
        NewsItem(
            f"{dated.item.anchor}-{dated.field}-{dated.on}", dated.text, date_format(dated.on), address, timezone.now(),
            dated.on,
        )
        for dated in ahead
        if dated.days <= days
    ][:MOST]  # fmt: skip


def plan_url() -> str:
    """The path of the plan's page."""
    return Alert(subject=Alert.Subject.DATES).get_subject_url()


SUBJECTS: dict[str, Callable[[Alert, datetime, int], list[NewsItem]]] = {
    Alert.Subject.OPENINGS: _openings,
    Alert.Subject.FIGURES: _figures,
    Alert.Subject.DATES: _dates,
}
