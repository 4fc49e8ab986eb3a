"""NEOGOV: the RSS of governmentjobs.com, where states, counties and cities list their jobs.

Its items have, in a namespace of its own, the number of the job, from when and until when it is advertised, pay as two
sums and what they are for, the sort of job, place, state and department. `advertiseToDateTime` may be 'Continuous',
`minimumSalary` 'Not Displayed', `location` 'Various'; `pubDate` is when the feed was made, not the job.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..documents import Document
from ..feed_forms import FeedForm
from ..found import FeedContent, FoundPosting
from . import syndication
from .syndication import local, text_of

NAMESPACE = "http://www.neogov.com/namespaces/JobListing"
# 'State of Michigan, MI' names its state twice.
STATE_BEHIND = re.compile(r",\s*[A-Z]{2}$")


def recognizes(document: Document) -> bool:
    """Whether it is RSS with NEOGOV's namespace."""
    return syndication.recognizes(document) and NAMESPACE in document.text


def read(document: Document) -> FeedContent:
    """Every item of the feed."""
    channel = next((each for each in document.xml.iter("{*}channel") if local(each) == "channel"), document.xml)
    employer = STATE_BEHIND.sub("", text_of(channel, "title"))
    return FeedContent([_posting(item, employer) for item in syndication.items(document.xml)])


def _posting(item: Any, employer: str) -> FoundPosting:
    own = {local(child): (child.text or "").strip() for child in item if str(child.tag).startswith(f"{{{NAMESPACE}}}")}
    address = text_of(item, "link") or text_of(item, "guid")
    place = own.get("location", "")
    return FoundPosting(
        title=text_of(item, "title"),
        address=address,
        guid=own.get("jobId") or text_of(item, "guid") or address,
        employer=employer,
        department=own.get("department", ""),
        place=place,
        state=own.get("state", ""),
        hours=own.get("jobType", ""),
        pay=_pay(own),
        is_pay_withheld=bool(own.get("minimumSalary") or own.get("maximumSalary")) and not _pay(own),
        posted=own.get("advertiseFromDate") or text_of(item, "pubDate"),
        closes=own.get("advertiseToDateTime") or own.get("advertiseToDate", ""),
        text=text_of(item, "description"),
    )


def _pay(own: dict[str, str]) -> str:
    """Pay in one text, such as '17.40 - 31.91 USD Hour'; '' where it is not displayed."""
    sums = [
        said for said in (own.get("minimumSalary", ""), own.get("maximumSalary", "")) if re.match(r"[\d.,$]+$", said)
    ]
    if not any(re.search("[1-9]", said) for said in sums):
        return ""
    said = [" - ".join(dict.fromkeys(sums)), own.get("salaryCurrency") or "USD", own.get("salaryInterval", "")]
    return " ".join(filter(None, said))


NEOGOV = FeedForm("neogov", _("NEOGOV (governmentjobs.com)"), recognizes, read)
