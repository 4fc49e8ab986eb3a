"""What a guide's page says, once more in schema.org's words for search engines: nothing that a reader cannot see."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from guides.models import Figure, Observation, Question

from .. import formats
from .reader import Reading

# A node of linked data: JSON.
Node = dict[str, Any]
PUBLISHER = {"@type": "Organization", "name": "Careerguide", "url": f"{settings.SITE_URL}/"}
# The range of these tables runs from the tenth to the ninetieth percentile.
PERCENTILE_SOURCES = "bls-oews"


def absolute(path: str) -> str:
    """Return a path of this site as readers reach it."""
    return f"{settings.SITE_URL}{path}"


def of_guide(reading: Reading) -> Node:
    """Return the linked data of a guide's page as it is now open: what it is about, where it stands, who wrote it."""
    parts = [breadcrumbs(reading), article(reading), occupation(reading)]
    questions = [
        question
        for section in reading.sections
        if section.slug in reading.opened
        for each in [section, *section.parts]
        for question in each.questions.all()
    ]
    if questions:
        parts.append(faq(questions))
    return {"@context": "https://schema.org", "@graph": parts}


def breadcrumbs(reading: Reading) -> Node:
    """The way to the guide: the list of guides, then the guide."""
    return breadcrumb_list([("Guides", reverse("guides:list")), (reading.title, reading.guide.get_absolute_url())])


def breadcrumb_list(steps: list[tuple[str, str]]) -> Node:
    """The way to a page, as names and addresses of this site."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def article(reading: Reading) -> Node:
    """The guide as a text: its title, its dates as the foot of the page gives them, its picture."""
    address = absolute(reading.guide.get_absolute_url())
    data: Node = {
        "@type": "Article",
        "headline": reading.title,
        "description": reading.guide.summary,
        "inLanguage": reading.guide.language,
        "mainEntityOfPage": address,
        "author": PUBLISHER,
        "publisher": PUBLISHER,
        "about": {"@id": f"{address}#occupation"},
    }
    if reading.listing:
        data["datePublished"] = reading.listing.first_published_at.date().isoformat()
        data["dateModified"] = reading.listing.published_at.date().isoformat()
        data["image"] = absolute(reverse("guides:image", args=[reading.guide.slug]))
    return data


def occupation(reading: Reading) -> Node:
    """The job: its title, code, summary, entry education and, where the card shows it, pay."""
    address = absolute(reading.guide.get_absolute_url())
    data: Node = {
        "@type": "Occupation",
        "@id": f"{address}#occupation",
        "name": reading.title,
        "description": reading.guide.summary,
        "mainEntityOfPage": address,
        "occupationalCategory": reading.guide.occupation_code,
    }
    entry = next((figure.leading for figure in reading.card if figure.measure == "education"), None)
    if entry:
        data["educationRequirements"] = formats.amount(entry)
    median = reading.median
    if median and (leading := median.leading) and leading.value is not None:
        data["estimatedSalary"] = [salary(median, leading, reading.card)]
        data["occupationLocation"] = [{"@type": "Country", "name": median.area}]
    return data


def salary(median: Figure, leading: Observation, card: list[Figure]) -> Node:
    """The median of the card, and the percentiles at the ends of its range where the range is of the same table."""
    data: Node = {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": median.currency,
        "duration": "P1Y",
        "unitText": "YEAR",
        "median": leading.value,
    }
    spread = next((figure for figure in card if (figure.measure, figure.statistic) == ("pay", "range")), None)
    ends = spread.leading if spread and spread.currency == median.currency else None
    if ends and _of_percentiles(ends, leading):
        data |= {"percentile10": ends.low, "percentile90": ends.high}
    return data


def _of_percentiles(observation: Observation, median: Observation) -> bool:
    return (
        observation.source.slug.startswith(PERCENTILE_SOURCES)
        and observation.period == median.period
        and not observation.high_is_open
        and None not in (observation.low, observation.high)
    )


def faq(questions: list[Question]) -> Node:
    """Questions and answers that the page shows."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.question,
                "acceptedAnswer": {"@type": "Answer", "text": formats.plain_text(question.answer_html)},
            }
            for question in questions
        ],
    }
