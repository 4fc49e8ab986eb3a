"""The survey into the database: the nation's figures, and the wages of every area."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from ...faults import ImportFault
from ...models import Area, Dataset, WageEstimate
from ...models.wages import NUMBERS
from ...progress import Progress
from ...storing import Summary, in_batches, refuse_cut_off, store_figures
from .reading import Survey
from .rows import COLUMN_OF, Place

CONTENT = ("title", *NUMBERS, "marks")


def store(dataset: Dataset, survey: Survey, progress: Progress) -> list[Summary]:
    """Keep a survey's file beside the others of its edition: it speaks for the kinds of area that it has rows of."""
    figures = store_figures(dataset, survey, progress) if survey.observations else []
    return [*figures, store_wages(dataset, survey, progress)]


def store_wages(dataset: Dataset, survey: Survey, progress: Progress) -> Summary:
    """Keep the wages of every area and return a Summary."""
    rows = dataset.wages.filter(area__kind__in=survey.kinds)
    refuse_poorer(survey, rows)
    known = {(row.area.code, row.code): row for row in rows.select_related("area")}
    areas = store_areas(survey.places)
    summary, new, changed, before_all = Summary("wages by area"), [], [], len(known)
    for (area, code), estimate in survey.estimates.items():
        numbers = dict(zip(NUMBERS, estimate.numbers, strict=True))
        row = WageEstimate(
            dataset=dataset, area=areas[area], code=code, title=estimate.title, marks=estimate.marks, **numbers
        )
        before = known.pop((area, code), None)
        if before is None:
            new.append(row)
        elif changes := compare(before, row):
            row.pk = before.pk
            changed.append(row)
            summary.lines.append(f"{row}: {changes}")
        else:
            summary.unchanged += 1
    refuse_cut_off(survey.file_name, len(known), before_all, "wages by area")
    summary.lines += [f"{row}: no longer there" for row in known.values()]
    summary.added, summary.changed, summary.removed = len(new), len(changed), len(known)
    progress.total = len(new) + len(changed)
    dataset.wages.filter(pk__in=[row.pk for row in known.values()]).delete()
    in_batches(new, WageEstimate.objects.bulk_create, progress)
    in_batches(changed, lambda batch: WageEstimate.objects.bulk_update(batch, CONTENT), progress)
    return summary


def compare(before: WageEstimate, now: WageEstimate) -> str:
    """Return what differs in words, such as 'annual_mean $59,990 -> $60,100'; '' where nothing does."""
    if all(getattr(before, name) == getattr(now, name) for name in CONTENT):
        return ""
    pairs = [(name, before.says(name), now.says(name)) for name in NUMBERS]
    said = [f"{name} {was or 'nothing'} -> {says or 'nothing'}" for name, was, says in pairs if was != says]
    return ", ".join(said) or f"{before.title} -> {now.title}"


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
