"""What a guide's page says, once more in schema.org's words for search engines: nothing that a reader cannot see."""

from django.conf import settings
from django.urls import reverse

from .. import formats

PUBLISHER = {"@type": "Organization", "name": "Careerguide", "url": f"{settings.SITE_URL}/"}
# The range of these tables runs from the tenth to the ninetieth percentile.
PERCENTILE_SOURCES = "bls-oews"


def absolute(path):
    """Return a path of this site as readers reach it."""
    return f"{settings.SITE_URL}{path}"


def of_guide(found):
    """Return the linked data of a guide's page as it is now open: what it is about, where it stands, who wrote it."""
    parts = [breadcrumbs(found), article(found), occupation(found)]
    questions = [
        question
        for section in found.sections
        if section.is_open
        for each in [section, *section.parts]
        for question in each.questions.all()
    ]
    if questions:
        parts.append(faq(questions))
    return {"@context": "https://schema.org", "@graph": parts}


def breadcrumbs(found):
    """The way to the guide: the list of guides, then the guide."""
    steps = [("Guides", reverse("guides:list")), (found.title, found.guide.get_absolute_url())]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def article(found):
    """The guide as a text: its title, its dates as the foot of the page gives them, its picture."""
    address = absolute(found.guide.get_absolute_url())
    data = {
        "@type": "Article",
        "headline": found.title,
        "description": found.guide.summary,
        "inLanguage": found.guide.language,
        "mainEntityOfPage": address,
        "author": PUBLISHER,
        "publisher": PUBLISHER,
        "about": {"@id": f"{address}#occupation"},
    }
    if found.listing:
        data["datePublished"] = found.listing.first_published_at.date().isoformat()
        data["dateModified"] = found.listing.published_at.date().isoformat()
        data["image"] = absolute(reverse("guides:image", args=[found.guide.slug]))
    return data


def occupation(found):
    """The job: its title, code, summary, entry education and, where the card shows it, pay."""
    address = absolute(found.guide.get_absolute_url())
    data = {
        "@type": "Occupation",
        "@id": f"{address}#occupation",
        "name": found.title,
        "description": found.guide.summary,
        "mainEntityOfPage": address,
        "occupationalCategory": found.guide.occupation_code,
    }
    entry = next((figure for figure in found.card if figure.measure == "education"), None)
    if entry:
        data["educationRequirements"] = formats.observation(entry.leading)
    if found.median and found.median.leading.value is not None:
        data["estimatedSalary"] = [salary(found)]
        data["occupationLocation"] = [{"@type": "Country", "name": found.median.area}]
    return data


def salary(found):
    """The median of the card, and the percentiles at the ends of its range where the range is of the same table."""
    median = found.median
    data = {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": median.currency,
        "duration": "P1Y",
        "unitText": "YEAR",
        "median": median.leading.value,
    }
    spread = next((figure for figure in found.card if (figure.measure, figure.statistic) == ("pay", "range")), None)
    if spread and spread.currency == median.currency and _of_percentiles(spread.leading, median.leading):
        data |= {"percentile10": spread.leading.low, "percentile90": spread.leading.high}
    return data


def _of_percentiles(seen, median):
    return (
        seen.source.slug.startswith(PERCENTILE_SOURCES)
        and seen.period == median.period
        and not seen.high_is_open
        and None not in (seen.low, seen.high)
    )


def faq(questions):
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
