"""A guide's draft, begun from the official data on an occupation: what is known stands in it, all else is left empty.

Taken over are the figures, other titles, related careers, and the names of what sets the occupation apart. None of
O*NET's sentences is: a guide is written in our own words. What is missing, the check before publishing names.
"""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from guides.datasets import profiles
from guides.datasets.comparison import take_over
from guides.datasets.models import ImportedObservation, OccupationTitle
from guides.models import Edition, Figure, Guide, GuideTitle, Listing, RelatedCareer, Section, Skill
from guides.publishing import editions, new_guides

from .models import OccupationListing
from .nearness import stored
from .nearness.gap import Gap
from .nearness.traits import Traits

# As many as a page of a guide shows without hiding the rest.
TITLES, RELATED, SKILLS = 12, 10, 20
# The newest value, and the one before it, for what has changed.
YEARS = 2

Measure, Statistic, Unit = Figure.Measure, Figure.Statistic, Figure.Unit


@dataclass(frozen=True)
class PlannedFigure:
    """A figure of a new guide: the section it stands in, and which official series fills it."""

    section: str
    slug: str
    label: str
    measure: str
    statistic: str
    unit: str
    on_card: bool = False
    # Whether it says what is expected ten years on ('2024-34') and not what is now.
    is_expected: bool = False


def figures() -> tuple[PlannedFigure, ...]:
    """The figures of a new guide, in reading order."""
    pay, outlook = "pay-outlook", "job-outlook"
    return (
        PlannedFigure(pay, "median-pay", _("Median pay"), Measure.PAY, Statistic.MEDIAN, Unit.CURRENCY, on_card=True),
        PlannedFigure(pay, "pay-range", _("Pay range"), Measure.PAY, Statistic.RANGE, Unit.CURRENCY, on_card=True),
        PlannedFigure(pay, "pay-middle", _("Middle half of pay"), Measure.PAY, Statistic.MIDDLE, Unit.CURRENCY),
        PlannedFigure(pay, "hourly-pay", _("Median pay an hour"), Measure.HOURLY, Statistic.MEDIAN, Unit.CENTS),
        PlannedFigure(pay, "people-employed", _("People employed"), Measure.EMPLOYMENT, Statistic.TOTAL, Unit.COUNT),
        PlannedFigure(
            outlook, "change-in-jobs", _("Change in jobs"), Measure.CHANGE, Statistic.TOTAL, Unit.PERCENT,
            on_card=True, is_expected=True,
        ),
        PlannedFigure(
            outlook, "openings-a-year", _("Openings a year"), Measure.OPENINGS, Statistic.TOTAL, Unit.COUNT,
            on_card=True, is_expected=True,
        ),
        PlannedFigure(
            outlook, "people-who-leave", _("Leave work, a year"), Measure.EXITS, Statistic.TOTAL, Unit.COUNT,
            is_expected=True,
        ),
        PlannedFigure(
            outlook, "people-who-change", _("Change occupation, a year"), Measure.TRANSFERS, Statistic.TOTAL,
            Unit.COUNT, is_expected=True,
        ),
        PlannedFigure(
            outlook, "entry-education", _("Entry education"), Measure.EDUCATION, Statistic.TYPICAL, Unit.TEXT,
            on_card=True,
        ),
    )  # fmt: skip


@transaction.atomic
def start(listing: OccupationListing, title: str, slug: str, author: AbstractBaseUser | None = None) -> Edition:
    """Write a guide's draft from what official data says of an occupation, and return its first edition."""
    guide = Guide.objects.create(
        slug=slug,
        title=title,
        field_of_work=str(listing.field)[:80],
        occupation_code=listing.soc_code,
        reviewed_on=timezone.localdate(),
    )
    sections = {section.slug: section for section in new_guides.add_sections(guide)}
    _add_figures(listing, sections)
    profile = profiles.of(listing.code)
    if profile:
        _add_titles(guide, profile)
        _add_related(guide, profile)
        _add_skills(sections["technical-skills"], profile)
    comment = _("Begun from official data on %(occupation)s") % {"occupation": listing}
    return editions.save(guide, author, Truncator(comment).chars(300))


def _add_figures(listing: OccupationListing, sections: dict[str, Section]) -> None:
    """Add each figure that official data has, with its newest values; one that is withheld is left out."""
    rows = list(
        ImportedObservation.objects.filter(codes__in={listing.pay_code, listing.projection_code} - {""}, withheld="")
        .select_related("dataset")
        .order_by("year")
    )
    for position, planned in enumerate(figures(), 1):
        series = [row for row in rows if _is_of(row, planned)]
        if not series:
            continue
        figure = Figure.objects.create(
            section=sections[planned.section],
            position=position,
            slug=planned.slug,
            label=planned.label,
            measure=planned.measure,
            statistic=planned.statistic,
            unit=planned.unit,
            currency=series[-1].currency,
            area=series[-1].area,
            occupation_codes=series[-1].codes,
            on_card=planned.on_card,
        )
        for imported in series[-YEARS:]:
            take_over(figure, imported)


def _is_of(row: ImportedObservation, planned: PlannedFigure) -> bool:
    """Whether an imported value is of the figure. The survey's jobs ('May 2024') are not the projections' ('2024')."""
    kind = (row.measure, row.statistic, row.unit) == (planned.measure, planned.statistic, planned.unit)
    is_survey = row.period[:1].isalpha()
    return kind and (planned.measure != Measure.EMPLOYMENT or is_survey) and ("-" in row.period) == planned.is_expected


def _add_titles(guide: Guide, profile: profiles.Profile) -> None:
    """Add the titles that people in the job gave in O*NET's survey, short ones first of those that it shows."""
    known = OccupationTitle.objects.filter(occupation__code=profile.code, is_reported=True).order_by(
        "-is_shown", "title"
    )
    names = dict.fromkeys(title.partition(" (")[0] for title in known.values_list("title", flat=True))
    names.pop(guide.title, None)
    most = GuideTitle._meta.get_field("title").max_length or 0
    fitting = [name for name in names if len(name) <= most][:TITLES]
    GuideTitle.objects.bulk_create(
        GuideTitle(guide=guide, title=name, position=position) for position, name in enumerate(fitting, 1)
    )


def _add_related(guide: Guide, profile: profiles.Profile) -> None:
    """Add the occupations that O*NET holds for similar, those with a guide under its name. How they differ is open."""
    near = sorted(profile.related.items, key=lambda each: each.index)[:RELATED] if profile.related else []
    codes = {each.code[:7] for each in near}
    written = {row.occupation_code: row for row in Listing.objects.filter(occupation_code__in=codes)}
    rows: dict[str, RelatedCareer] = {}
    for position, each in enumerate(near, 1):
        guide_to = written.get(each.code[:7])
        title = Truncator(guide_to.title if guide_to else each.title).chars(80)
        other = guide_to.slug if guide_to else ""
        rows.setdefault(title, RelatedCareer(guide=guide, title=title, other=other, position=position))
    RelatedCareer.objects.bulk_create(rows.values())


def _add_skills(section: Section, profile: profiles.Profile) -> None:
    """Add the knowledge that sets the occupation apart, and the software that its employers ask for in adverts.

    What each weighs is an editor's to say.
    """
    names: dict[str, str] = {}
    if weights := stored.weights():
        groups = Gap(Traits.of(profile, weights)).groups
        names |= {item.label: item.detail for group in groups if group.slug == "knowledge" for item in group.items}
    for technology in profile.technology.items if profile.technology else ():
        if asked_for := [product.name for product in technology.products if product.is_in_demand]:
            names[technology.name] = ", ".join(asked_for)
    rows = {slugify(name)[:60]: (name, detail) for name, detail in names.items()}
    Skill.objects.bulk_create(
        Skill(section=section, slug=slug, name=name[:120], detail=Truncator(detail).chars(300), position=position)
        for position, (slug, (name, detail)) in enumerate(list(rows.items())[:SKILLS], 1)
    )
