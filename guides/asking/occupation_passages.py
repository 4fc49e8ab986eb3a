"""The passages of an occupation without a guide: what official data says of it, with publisher and edition."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides import formats
from guides.datasets import profiles
from guides.datasets.models import OccupationTitle
from guides.datasets.profiles import Profile
from guides.occupations import blocks
from guides.occupations.models import OccupationListing
from guides.occupations.reading import PARTS

from .passages import Body, FigureShown, Passage, SourceLine

# Of skills, fields of knowledge and work styles the most important ones; of related occupations the closest.
MOST = 10
# How far O*NET's answers to 'what does a new hire need' are quoted, in percent.
COMMON = 5


def of_listing(listing: OccupationListing) -> Body:
    """Return the passages of an occupation. Two queries."""
    profile = profiles.of(listing.code)
    passages = [*_official(listing), *(_surveyed(listing, profile) if profile else ())]
    return Body(listing.code, listing.title, "", listing.get_absolute_url(), False, "", passages, [listing.title])


def _passage(
    listing: OccupationListing,
    part: str,
    text: str,
    source: str,
    period: str,
    title: str = "",
    figure: FigureShown | None = None,
    measure: str = "",
) -> Passage:
    address = f"{listing.get_absolute_url()}#{part}"
    credits = f"{listing.get_absolute_url()}#credits"
    line = SourceLine(source, formats.dashes(period), credits)
    kind = "figure" if figure else "text"
    return Passage(part, str(PARTS[part]), address, text, title, kind, (line,), figure, measure)


def _official(listing: OccupationListing) -> Iterator[Passage]:
    """What the Bureau publishes: pay, outlook, typical education."""
    together = _("Counted together with others.") if listing.is_counted_with_others else ""
    oews = ("BLS OEWS", listing.pay_edition)
    if listing.median_pay is not None:
        text = " ".join(filter(None, [_("Half of the people in this occupation earn more, half earn less."), together]))
        figure = FigureShown(_("Median pay"), formats.money(listing.median_pay), _("a year"), text)
        yield _passage(listing, "pay", text, *oews, figure.label, figure, "pay:median")
    if listing.median_hourly is not None:
        figure = FigureShown(_("Median pay"), formats.cents(listing.median_hourly), _("an hour"), together)
        yield _passage(listing, "pay", together, *oews, figure.label, figure, "hourly:median")
    projections = (_("BLS Employment Projections"), listing.projection_edition)
    if listing.change_percent is not None:
        amount = formats.percent(float(listing.change_percent))
        figure = FigureShown(_("Change in jobs over ten years"), amount, "", together)
        yield _passage(listing, "outlook", together, *projections, figure.label, figure, "change:total")
    if listing.openings is not None:
        text = _("These include the jobs of people who leave the occupation or stop working.")
        figure = FigureShown(_("Openings a year"), formats.number(listing.openings), "", text)
        yield _passage(listing, "outlook", text, *projections, figure.label, figure, "openings:total")
    if listing.typical_education:
        figure = FigureShown(_("Typical education at entry"), listing.typical_education)
        yield _passage(listing, "education", "", *projections, figure.label, figure, "education:typical")


def _surveyed(listing: OccupationListing, profile: Profile) -> Iterator[Passage]:
    """What O*NET says of the work and of the people in it."""
    source = "O*NET"
    newest = profile.editions[0] if profile.editions else ""
    if profile.description:
        yield _passage(listing, "work", profile.description, source, newest, str(PARTS["work"]))
    if duties := blocks.duties(profile):
        for task in [*duties.first, *duties.others]:
            yield _passage(listing, "work", task.text, source, duties.asked.words.removeprefix("O*NET "), _("Task"))
    if required := blocks.required_education(profile):
        said = ", ".join(f"{line.name} {line.says}" for line in required.lines)
        if required.left_out:
            # What is shown adds to less than a hundred, so the reader must know what is not.
            left_out = ", ".join(required.left_out)
            said += _("; left out, because O*NET advises against using its number: %(names)s") % {"names": left_out}
        title = _("What people in the job say a new hire needs")
        yield _passage(listing, "education", said, source, required.asked.words.removeprefix("O*NET "), title)
    ranked = (
        ("skills", _("Most important skills"), profile.skills),
        ("skills", _("Most important knowledge"), profile.knowledge),
        ("person", _("Work styles that matter most: the traits of people who do well"), profile.work_styles),
    )
    for part, title, block in ranked:
        if found := blocks.by_importance(block):
            names = ", ".join(line.name for line in found.lines[:MOST])
            yield _passage(listing, part, names, source, found.asked.words.removeprefix("O*NET "), title)
    if tools := blocks.tools(profile):
        period = tools.asked.words.removeprefix("O*NET ")
        if tools.in_demand:
            title = _("Software that employers ask for most")
            yield _passage(listing, "technology", ", ".join(tools.in_demand), source, period, title)
        for name, products in [*tools.first, *tools.others]:
            yield _passage(listing, "technology", products, source, period, name)
    if interests := blocks.interests(profile):
        title = _("Interests that fit the work")
        period = interests.asked.words.removeprefix("O*NET ")
        yield _passage(listing, "person", ", ".join(interests.best), source, period, title)
    titles = OccupationTitle.objects.filter(occupation__code=listing.code).exclude(title=listing.title)
    others = list(titles.order_by("-is_shown", "-is_reported", "title").values_list("title", flat=True)[:MOST])
    if others:
        yield _passage(listing, "titles", ", ".join(others), source, newest, str(PARTS["titles"]))
    if profile.related:
        names = ", ".join(each.title for each in profile.related.items[:MOST])
        yield _passage(listing, "related", names, source, profile.related.edition, str(PARTS["related"]))
