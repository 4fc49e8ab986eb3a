"""The survey into the database: the nation's figures, and the wages of every area."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from ...faults import ImportFault
from ...models import Area, Dataset, WageEstimate
from ...models.wages import NUMBERS
from ...progress import Progress
from ...storing import Summary, store_figures, store_rows
from .reading import Survey
from .rows import COLUMN_OF, Place


def store(dataset: Dataset, survey: Survey, progress: Progress) -> list[Summary]:
    """Keep a survey's file beside the others of its edition: it speaks for the kinds of area that it has rows of."""
    figures = store_figures(dataset, survey, progress) if survey.observations else []
    return [*figures, store_wages(dataset, survey, progress)]


def store_wages(dataset: Dataset, survey: Survey, progress: Progress) -> Summary:
    """Keep the wages of every area and return a Summary."""
    kept = dataset.wages.filter(area__kind__in=survey.kinds).select_related("area")
    refuse_poorer(survey, kept)
    areas = store_areas(survey.places)
    rows = (
        WageEstimate(
            area=areas[area],
            code=code,
            title=estimate.title,
            marks=estimate.marks,
            **dict(zip(NUMBERS, estimate.numbers, strict=True)),
        )
        for (area, code), estimate in survey.estimates.items()
    )
    return store_rows(dataset, rows, kept, ("code", "area_id"), survey.file_name, progress, tell=tell)


def tell(before: WageEstimate, row: WageEstimate) -> str:
    """Return what changes of a row in words, such as 'annual_mean $59,990 -> $60,100'."""
    pairs = [(name, before.says(name), row.says(name)) for name in NUMBERS]
    said = [f"{name} {was or 'nothing'} -> {says or 'nothing'}" for name, was, says in pairs if was != says]
    return f"{row}: {', '.join(said) or before.title}"


def refuse_poorer(survey: Survey, rows: QuerySet[WageEstimate]) -> None:
    """Refuse a table of means where the edition has the publisher's own file of the same areas already."""
    lacking = [name for name in NUMBERS if name not in survey.columns]
    if lacking and rows.filter(reduce(or_, (Q(**{f"{name}__isnull": False}) for name in lacking))).exists():
        columns = ", ".join(COLUMN_OF[name] for name in lacking)
        raise ImportFault(
            f"{survey.file_name}: lacks {columns}, which this edition has for the same areas from another file."
        )


def store_areas(places: dict[str, Place]) -> dict[str, Area]:
    """Return the area of each place by its code, made where it is new."""
    known = {area.code: area for area in Area.objects.filter(code__in=places)}
    new = [
        Area(code=place.code, slug=slugify(place.name)[:120], name=place.name, kind=place.kind, state=place.state)
        for place in places.values()
        if place.code not in known
    ]
    taken = set(Area.objects.values_list("slug", flat=True))
    for area in new:
        # An area whose limits were drawn anew has another code and the name that it had.
        if area.slug in taken:
            area.slug = f"{area.slug[:112]}-{area.code}"
        taken.add(area.slug)
    Area.objects.bulk_create(new)
    return known | {area.code: area for area in new}
