"""Greenhouse: the public JSON of a job board, https://boards-api.greenhouse.io/v1/boards/NAME/jobs?content=true

`content` is HTML that is escaped once more; `location` is one name; pay stands in `pay_input_ranges` where the board
shows it (`pay_transparency=true`), in cents. There is no closing date but `application_deadline`, which few fill in.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..documents import Document
from ..feed_forms import FeedForm
from ..found import FeedContent, FoundPosting


def recognizes(document: Document) -> bool:
    """Whether it is JSON with a list of `jobs`, the first of which has what Greenhouse calls its address."""
    jobs = document.json.get("jobs") if isinstance(document.json, dict) else None
    if not isinstance(jobs, list):
        return False
    meta = document.json.get("meta")
    # An empty board is known by its count alone.
    is_empty = not jobs and isinstance(meta, dict) and "total" in meta
    return is_empty or bool(jobs and isinstance(jobs[0], dict) and "absolute_url" in jobs[0])


def read(document: Document) -> FeedContent:
    """Every job of the board."""
    return FeedContent([_posting(job) for job in document.json["jobs"] if isinstance(job, dict)])


def word(value: Any) -> str:
    """A value as text; '' for what is none."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _posting(job: dict[str, Any]) -> FoundPosting:
    departments = [word(each.get("name")) for each in _all(job.get("departments"))]
    location = job.get("location")
    address = word(job.get("absolute_url"))
    return FoundPosting(
        title=word(job.get("title")),
        address=address,
        guid=word(job.get("id")) or address,
        employer=word(job.get("company_name")),
        department=next(filter(None, departments), ""),
        place=word(location.get("name")) if isinstance(location, dict) else "",
        pay=_pay(job),
        posted=word(job.get("first_published")) or word(job.get("updated_at")),
        closes=word(job.get("application_deadline")),
        text=word(job.get("content")),
    )


def _pay(job: dict[str, Any]) -> str:
    """The first range of pay, which is of a year or of an hour by its size; '' where the board shows none."""
    for pay in _all(job.get("pay_input_ranges")):
        cents = [pay.get("min_cents"), pay.get("max_cents")]
        sums = [f"{value / 100:.2f}" for value in cents if isinstance(value, int) and value > 0]
        if sums:
            return f"{' - '.join(sums)} {word(pay.get('currency_type')) or 'USD'} {word(pay.get('title'))}".strip()
    return ""


def _all(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


GREENHOUSE = FeedForm("greenhouse", _("Greenhouse job board"), recognizes, read)
