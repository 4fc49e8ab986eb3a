"""What keeps good people from applying: no pay range, demands beyond the job, biased or vague words."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ..advice import Advice, gaps
from ..documents.blocks import Document
from ..models import JobPhrase, Wording
from .draft import JobDescription

MOST_REQUIREMENTS = 10
LEAST_A_YEAR = 1_000  # units of the currency


def check(job: JobDescription, document: Document, wordings: Iterable[Wording], median: str = "") -> list[Advice]:
    """Return the Advice on a job and its document; `median` is the job's median pay in words, if known."""
    return [
        *_missing(job, median),
        *_lengths(job),
        *_words(document, wordings),
        *gaps(document),
    ]


def _missing(job: JobDescription, median: str) -> Iterator[Advice]:
    yield from _pay(job, median)
    for name, text in [
        ("employer", _("Say who the employer is.")),
        ("city", _("Say where the job is.")),
        ("hours", _("Say how many hours a week, and which evenings or weekends.")),
        ("apply", _("Say how to apply.")),
    ]:
        if not job.get(name):
            yield Advice(text)


def _pay(job: JobDescription, median: str) -> Iterator[Advice]:
    """Whether there is a range of pay. What cannot be read, or is swapped, its field says."""
    low, high = job.pay
    if low is not None and high is not None:
        yield Advice(_("The pay range is there."), good=True)
        if job.unit == "YEAR" and high < LEAST_A_YEAR:
            yield Advice(_("That is little for a year. If it is paid by the hour, choose “an hour”."))
    elif not job.get("pay_low") and not job.get("pay_high"):
        hint = _("The guide's median is %(median)s.") % {"median": median} if median else ""
        warning = _("There is no pay range. Fewer people apply without one, and some states require it.")
        yield Advice(f"{warning} {hint}".strip())
    elif not job.get("pay_low") or not job.get("pay_high"):
        yield Advice(_("The pay has one end only: say from what to what."))


def _lengths(job: JobDescription) -> Iterator[Advice]:
    count = len(job.part(JobPhrase.Part.REQUIREMENT))
    if count > MOST_REQUIREMENTS:
        yield Advice(
            _("%(count)d requirements. Keep what the job cannot be done without; move the rest to 'preferred'.")
            % {"count": count}
        )


def _words(document: Document, wordings: Iterable[Wording]) -> Iterator[Advice]:
    """Words on the editors' list, each with the reason and something better."""
    text = "\n".join(document.strings())
    for row in wordings:
        if match := pattern(row).search(text):
            parts = [f'"{match[0]}": {row.why}', row.instead]
            yield Advice(" ".join(filter(None, parts)))


def pattern(row: Wording) -> re.Pattern[str]:
    """Return the pattern that finds the words of a Wording; a final * stands for any ending."""
    words = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in row.word_list())
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
