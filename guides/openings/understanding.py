"""From what a feed says of a posting to what we keep of it: cleaned, cut to length, days and sums made out."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guides.search.words import stems

from . import days, pay, places, soundness, stated_hours, texts, unpaid
from .found import FoundPosting
from .models import Feed, Posting


@dataclass
class Understood:
    """A posting ready to be kept: the values of its fields, and what else decides where it goes.

    `text` is all that it says of the job, of which an excerpt alone is kept. `posted` is None where the feed does not
    say; `fingerprint` is of everything that the feed said.
    """

    guid: str
    fingerprint: str
    text: str
    posted: date | None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.values["title"])


def understand(found: FoundPosting, feed: Feed, base: str, read_with: str = "") -> Understood | None:
    """Return what is kept of a found posting; None where it has no title, or no address at which one could apply."""
    title, address = texts.line(found.title, 200), texts.address(found.address, base)
    if not title or not address:
        return None
    text = texts.plain(found.text)
    employer = texts.line(found.employer, 200) or feed.employer
    stated_place = texts.line(found.place, 150)
    place = places.of(found, title, stated_place, feed.state)
    closes = days.day(found.closes) or days.closing_in(text)
    department = texts.line(found.department, 200)
    values = {
        "title": title,
        "employer": employer,
        "department": department,
        "place": place.name[:200],
        "state": place.state,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "remote": place.remote,
        "closes_on": closes,
        "closes_at": days.hour(found.closes) if closes else None,
        "address": address,
        "excerpt": texts.excerpt(text),
        "asks_money": soundness.asks_money(text)[:300],
        "words": words_of(title, employer, department, place.name),
        "same_as": same_as(title, employer, place),
        "same_address": _sealed(texts.same_address(address)),
        **_hours(found, title, text),
        **_pay(found, title, text),
    }
    said = repr((found, feed.employer, feed.state, read_with))
    return Understood(_sealed(found.guid or address), _sealed(said), text, days.day(found.posted), values)


def same_as(title: str, employer: str, place: places.Place) -> str:
    """Return by what the same job is known in another feed; '' where too little is known of it."""
    parts = [" ".join(stems(each)) for each in (title, employer, place.name)]
    return _sealed("|".join(parts)) if all(parts) else ""


def _sealed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()


def words_of(*said: str) -> str:
    """Return what a search by word looks at: stems, each once, with a space before and behind."""
    found = f" {' '.join(dict.fromkeys(stems(' '.join(said))))} "
    return found if len(found) <= 500 else found[:500].rpartition(" ")[0] + " "


def _hours(found: FoundPosting, title: str, text: str) -> dict[str, Any]:
    """Hours as the feed states them, else as the title or the text does; what is on call is no full week."""
    stated = texts.line(found.hours, 120)
    said = f"{stated} {title}".lower().replace("-", " ").replace("_", " ")
    words = ("part time", "parttime", "(pt)", " pt ", "on call", "per diem", "intermittent")
    part = any(word in said for word in words)
    full = any(word in said for word in ("full time", "fulltime", "(ft)", " ft "))
    hours = "" if part == full else Posting.Hours.PART if part else Posting.Hours.FULL
    week = stated_hours.of(stated, title, text[:20_000])
    if week and not part and not full:
        hours = Posting.Hours.FULL if week.is_full_time else Posting.Hours.PART
    return {
        "hours": hours,
        "hours_stated": stated,
        "week_hours_low": week.low if week else None,
        "week_hours_high": week.high if week else None,
    }


def _pay(found: FoundPosting, title: str, text: str) -> dict[str, Any]:
    """Pay as the feed states it in a field of its own, else as the text does with a dollar sign and a unit.

    A sum in the text of unpaid work is not its pay; where the feed says that pay is not shown, a sum in the text may be
    anything.
    """
    stated = texts.line(found.pay, 200)
    understood = pay.stated(stated) if stated else None
    is_unpaid = understood is None and unpaid.is_said(found.hours, title, text)
    may_be_in_text = not is_unpaid and not found.is_pay_withheld
    if understood is None and may_be_in_text and (in_text := pay.in_text(text)):
        stated, understood = in_text[0][:200], in_text[1]
    nothing = dict.fromkeys(["pay_low", "pay_high", "year_low", "year_high"])
    if understood is None:
        return {"pay_stated": "" if is_unpaid else stated, "pay_unit": "", "is_unpaid": is_unpaid, **nothing}
    return {
        "pay_stated": stated,
        "pay_unit": understood.unit,
        "is_unpaid": False,
        "pay_low": understood.low,
        "pay_high": understood.high,
        "year_low": understood.year_low,
        "year_high": understood.year_high,
    }
