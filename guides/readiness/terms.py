"""Days on the calendar: college terms, months, and days so far off that no calendar holds them."""

from calendar import monthrange
from datetime import date, timedelta

# Month and day on which terms begin, and their weeks with the examinations. Calendars of colleges differ by a week or
# two: these are those of one community college for 2025-26 (fixtures/sources.json, dccc-calendar).
STARTS = ((1, 15), (8, 25))
WEEKS = 16
DAYS_OF_MONTH = 30.4375
FAR = date(9000, 1, 1)


def end_of_terms(begins: date, terms: int) -> date:
    """The last day of so many terms, one after the other, the first of which begins on that day."""
    end = after(begins, WEEKS * 7)
    for _term in range(terms - 1):
        end = after(next_term(end), WEEKS * 7)
    return end


def next_term(day: date) -> date:
    """The first day of the next term, `day` itself where one begins on it."""
    if day >= FAR:
        return day
    starts = [date(year, *start) for year in (day.year, day.year + 1) for start in STARTS]
    return min(start for start in starts if start >= day)


def after(day: date, days: int) -> date:
    """So many days after a day, at most FAR: with an hour a week a degree outlasts the calendar."""
    return day + timedelta(days=min(days, max(0, (FAR - day).days)))


def share_of_months(opens: date, months: int, ahead: int, whole: int) -> date:
    """The day so many months after `opens`, or after the share of them that lies ahead."""
    all_of_it = add_months(opens, months)
    if ahead >= whole:
        return all_of_it
    return min(all_of_it, after(opens, int(months * DAYS_OF_MONTH * ahead / whole)))


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months on, or the month's last day where it is shorter."""
    if day >= FAR:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks(hours: int, hours_a_week: int) -> int:
    """How many weeks so many hours take, the last one counted whole."""
    return -(-hours // hours_a_week)
