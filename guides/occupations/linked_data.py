"""What an occupation's page says, in schema.org's words: nothing that a reader cannot see."""

from django.urls import reverse
from django.utils.translation import gettext as _

from guides.reading.linked_data import Node, absolute, breadcrumb_list

from .reading import OccupationReading


def of_occupation(reading: OccupationReading) -> Node:
    """Return the way to the page and the occupation, with its pay where the survey publishes a year's median."""
    return {"@context": "https://schema.org", "@graph": [_breadcrumbs(reading), _occupation(reading)]}


def _breadcrumbs(reading: OccupationReading) -> Node:
    return breadcrumb_list(
        [(_("Occupations"), reverse("occupations:list")), (reading.title, reading.listing.get_absolute_url())]
    )


def _occupation(reading: OccupationReading) -> Node:
    address = absolute(reading.listing.get_absolute_url())
    data: Node = {
        "@type": "Occupation",
        "@id": f"{address}#occupation",
        "name": reading.title,
        "mainEntityOfPage": address,
        "occupationalCategory": reading.listing.code,
    }
    if reading.profile and reading.profile.description:
        data["description"] = reading.profile.description
    if reading.projection and reading.projection.education:
        data["educationRequirements"] = reading.projection.education
    if reading.pay and reading.pay.newest.annual_median:
        data["estimatedSalary"] = [_salary(reading)]
        data["occupationLocation"] = [{"@type": "Country", "name": "United States"}]
    return data


def _salary(reading: OccupationReading) -> Node:
    assert reading.pay  # noqa: S101 (asked by who calls)
    row = reading.pay.newest
    data: Node = {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": "USD",
        "duration": "P1Y",
        "unitText": "YEAR",
        "median": row.annual_median,
    }
    for number in (10, 25, 75, 90):
        if value := getattr(row, f"annual_p{number}"):
            data[f"percentile{number}"] = value
    return data
