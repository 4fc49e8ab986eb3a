"""From the form to a job description: a document, and the JobPosting data that search engines read."""

import json
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from guides import formats

from .. import dates
from ..documents.blocks import Document, Head, Heading, Points, Text
from ..models import JobPhrase
from .draft import TYPES, UNITS, JobDescription

Part = JobPhrase.Part
# Characters that could end a <script> element, or start one, written as JSON allows it.
IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def pay(job: JobDescription) -> str:
    """The pay in words, such as '$36,000–$41,000 a year'; empty where none is given."""
    low, high = job.pay
    if low is None and high is None:
        return ""
    ends = [end for end in (low, high) if end is not None]
    currency = job.get("currency") or "USD"
    if all(end == int(end) for end in ends):
        amount = formats.money(int(ends[0]), int(ends[-1]), currency)
    else:
        amount = formats.span(int(ends[0] * 100), int(ends[-1] * 100), lambda value: formats.cents(value, currency))
    return f"{amount} {dict(UNITS)[job.unit]}"


def document(job: JobDescription) -> Document:
    """Return the Document of the job description."""
    title = job.get("title") or _("Job title")
    place = ", ".join(filter(None, [job.get("city"), job.get("region")]))
    facts = [place, str(dict(TYPES)[job.employment]), job.get("hours"), pay(job)]
    level = f"{title} ({job.get('level')})" if job.get("level") else title
    result = Document(title, job.get("employer"))
    result.blocks.append(Head(level, job.get("employer"), tuple(filter(None, facts))))
    if about := job.get("about"):
        result.blocks += [Heading(_("About the job")), Text(about)]
    for part, heading in [
        (Part.DUTY, _("What you will do")),
        (Part.REQUIREMENT, _("What you need")),
        (Part.PREFERRED, _("What helps")),
        (Part.OFFER, _("What we offer")),
    ]:
        if sentences := job.part(part):
            result.blocks += [Heading(heading), Points(tuple(sentences))]
    apply = [
        job.get("apply"),
        _("Closing date: %(day)s") % {"day": day} if (day := job.get("closes_on")) else "",
    ]
    if any(apply):
        result.blocks += [Heading(_("How to apply")), Text("\n".join(filter(None, apply)))]
    return result


def job_posting(job: JobDescription, document: Document, today: date | None = None) -> dict[str, Any]:
    """Return the job description as schema.org's JobPosting; what is not given is left out."""
    low, high = job.pay
    data = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.get("title"),
        "description": description(document),
        "datePosted": (today or localdate()).isoformat(),
        "validThrough": dates.read(job.get("closes_on")),
        "employmentType": job.employment,
        "hiringOrganization": _typed("Organization", name=job.get("employer")),
        "jobLocation": _location(job),
        "workHours": job.get("hours"),
        "responsibilities": "\n".join(job.part(Part.DUTY)),
        "qualifications": "\n".join(job.part(Part.REQUIREMENT)),
        "jobBenefits": "\n".join(job.part(Part.OFFER)),
    }
    if low is not None or high is not None:
        value = _typed("QuantitativeValue", minValue=_number(low), maxValue=_number(high), unitText=job.unit)
        data["baseSalary"] = _typed("MonetaryAmount", currency=job.get("currency") or "USD", value=value)
    return {key: value for key, value in data.items() if value}


def _number(value: Decimal | None) -> int | float | None:
    """A sum as JSON has it: cents only where there are some."""
    return value if value is None else int(value) if value == int(value) else float(value)


def _typed(kind: str, **values: Any) -> dict[str, Any] | None:
    """An object of that type, or None where nothing is known of it."""
    known = {key: value for key, value in values.items() if value not in ("", None)}
    return {"@type": kind} | known if known else None


def _location(job: JobDescription) -> dict[str, Any] | None:
    address = _typed(
        "PostalAddress",
        addressLocality=job.get("city"),
        addressRegion=job.get("region"),
        addressCountry=job.get("country"),
    )
    return _typed("Place", address=address)


def description(document: Document) -> str:
    """The document as simple HTML, which JobPosting wants as its description."""
    parts = []
    for block in document.blocks[1:]:
        match block:
            case Heading():
                parts.append(f"<p><strong>{escape(block.text)}</strong></p>")
            case Points():
                parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>")
            case Text():
                parts.append(f"<p>{escape(block.text)}</p>".replace("\n", "<br>"))
    return "".join(parts)


def script(data: dict[str, Any]) -> SafeString:
    """Return the data as JSON that is safe inside a <script> element."""
    return mark_safe(json.dumps(data, ensure_ascii=False, indent=2).translate(IN_SCRIPT))  # noqa: S308
