"""From the form to a job description: a document, and the JobPosting data that search engines read."""

import json
from html import escape

from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from guides import formats

from ..documents.blocks import Document, Head, Heading, Points, Text
from ..models import JobPhrase
from .draft import TYPES, UNITS

Part = JobPhrase.Part
# Characters that could end a <script> element, or start one, written as JSON allows it.
IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def pay(posting):
    """The pay in words, such as '$36,000–$41,000 a year'; empty where none is given."""
    low, high = posting.pay
    if low is None and high is None:
        return ""
    amount = formats.money(low if low is not None else high, high, posting.get("currency") or "USD")
    return f"{amount} {dict(UNITS)[posting.unit]}"


def document(posting):
    """Return the Document of the job description."""
    title = posting.get("title") or _("Job title")
    place = ", ".join(filter(None, [posting.get("city"), posting.get("region")]))
    facts = [place, str(dict(TYPES)[posting.employment]), posting.get("hours"), pay(posting)]
    level = f"{title} ({posting.get('level')})" if posting.get("level") else title
    made = Document(title, posting.get("employer"))
    made.blocks.append(Head(level, posting.get("employer"), tuple(filter(None, facts))))
    if about := posting.get("about"):
        made.blocks += [Heading(_("About the job")), Text(about)]
    for part, heading in [
        (Part.DUTY, _("What you will do")),
        (Part.REQUIREMENT, _("What you need")),
        (Part.PREFERRED, _("What helps")),
        (Part.OFFER, _("What we offer")),
    ]:
        if sentences := posting.part(part):
            made.blocks += [Heading(heading), Points(tuple(sentences))]
    apply = [
        posting.get("apply"),
        _("Closing date: %(day)s") % {"day": day} if (day := posting.get("closes_on")) else "",
    ]
    if any(apply):
        made.blocks += [Heading(_("How to apply")), Text("\n".join(filter(None, apply)))]
    return made


def job_posting(posting, made, today=None):
    """Return the job description as schema.org's JobPosting; what is not given is left out."""
    low, high = posting.pay
    data = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": posting.get("title"),
        "description": description(made),
        "datePosted": (today or localdate()).isoformat(),
        "validThrough": posting.get("closes_on"),
        "employmentType": posting.employment,
        "hiringOrganization": _typed("Organization", name=posting.get("employer")),
        "jobLocation": _location(posting),
        "workHours": posting.get("hours"),
        "responsibilities": "\n".join(posting.part(Part.DUTY)),
        "qualifications": "\n".join(posting.part(Part.REQUIREMENT)),
        "jobBenefits": "\n".join(posting.part(Part.OFFER)),
    }
    if low is not None or high is not None:
        value = _typed("QuantitativeValue", minValue=low, maxValue=high, unitText=posting.unit)
        data["baseSalary"] = _typed("MonetaryAmount", currency=posting.get("currency") or "USD", value=value)
    return {key: value for key, value in data.items() if value}


def _typed(kind, **values):
    """An object of that type, or None where nothing is known of it."""
    known = {key: value for key, value in values.items() if value not in ("", None)}
    return {"@type": kind} | known if known else None


def _location(posting):
    address = _typed(
        "PostalAddress",
        addressLocality=posting.get("city"),
        addressRegion=posting.get("region"),
        addressCountry=posting.get("country"),
    )
    return _typed("Place", address=address)


def description(made):
    """The document as simple HTML, which JobPosting wants as its description."""
    parts = []
    for block in made.blocks[1:]:
        match block.kind:
            case "heading":
                parts.append(f"<p><strong>{escape(block.text)}</strong></p>")
            case "points":
                parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>")
            case _:
                parts.append(f"<p>{escape(block.text)}</p>".replace("\n", "<br>"))
    return "".join(parts)


def script(data):
    """Return the data as JSON that is safe inside a <script> element."""
    return mark_safe(json.dumps(data, ensure_ascii=False, indent=2).translate(IN_SCRIPT))  # noqa: S308
