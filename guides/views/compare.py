"""The page that lays two to four careers side by side; which ones stands in the address."""

import re
from collections.abc import Collection, Sequence

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading.reader import Reading

from .. import registry
from ..models import Listing
from ..reading import comparison, reader
from ..reading import comparison_table as table
from ..registry import Action
from ..registry.public_pages import same_for_everyone
from ..registry.tools import SITE_TOOLS, offered
from ..search import rows
from ..search.finding import find
from ..search.views import LONGEST

MOST = 4
# The slug of a guide, or what an app knows a career by.
KEY = re.compile(r"[-.\w]{1,120}")


def address(slugs: Sequence[str]) -> str:
    """The address that compares these guides."""
    query = QueryDict(mutable=True)
    query.setlist("g", slugs)
    return f"{reverse('guides:compare')}?{query.urlencode()}" if slugs else reverse("guides:compare")


def asked(request: HttpRequest) -> tuple[list[str], str]:
    """Return the slugs that the address names, once each, and what is to be added; refuse what no page of ours asks."""
    slugs = list(dict.fromkeys(request.GET.getlist("g")))
    add = request.GET.get("add", "").strip()
    if len(slugs) > MOST:
        raise BadRequest(
            _("“g” names %(count)d careers: at most %(most)d stand side by side.") % {"count": len(slugs), "most": MOST}
        )
    if len(add) > LONGEST:
        raise BadRequest(_("“add” is longer than a job’s name: give at most %(most)d characters.") % {"most": LONGEST})
    wrong = next((slug for slug in slugs if not KEY.fullmatch(slug)), None)
    if wrong is not None:
        raise BadRequest(
            _("“g” names a career by letters, digits, dots and hyphens, which “%(slug)s” is not.")
            % {"slug": wrong[:60]}
        )
    return slugs, add


def careers(keys: Sequence[str]) -> dict[str, Reading]:
    """Return what these keys name, in their order: guides, and careers that apps know without one."""
    readings = {reading.guide.slug: reading for reading in reader.several(keys)}
    for compared in registry.each("compared"):
        if others := [key for key in keys if key not in readings]:
            readings |= compared(others)
    return {key: readings[key] for key in keys if key in readings}


class Meant:
    """Which career the words of a reader mean: `only` one, or those that they may choose from.

    `choices` are guides and `others` occupations without one, each with the address that compares it.
    Where `is_name`, the words are a name of all of these; else they only come close.
    """

    def __init__(self, text: str, readings: Collection[Reading]) -> None:
        results = find(text)
        known, there = [reading.guide.slug for reading in readings], {reading.url for reading in readings}
        by_name = [each for each in results.named if each.entry.address not in there]
        self.text, self.is_name = text, bool(by_name) and not results.query.corrected
        entries = [each.entry for each in by_name] or [entry for entry, _hits in results.found] or results.near
        guides = [entry for entry in entries if entry.is_guide and entry.address not in there]
        # What official data says of a job that has a guide is the same job.
        counted = {guide.code for guide in guides}
        without = [entry for entry in entries if entry.code and not entry.is_guide and entry.address not in there]
        others = [entry for entry in without if entry.code[:7] not in counted]
        possible = [*guides, *others]
        titled = [each.entry for each in by_name if each.is_title and each.entry in possible]
        self.only = None
        if self.is_name:
            self.only = titled[0] if len(titled) == 1 else possible[0] if len(possible) == 1 else None
        # A guide may be one to such an occupation under another name: Librarians, and the one in technical services.
        codes = [other.code[:7] for other in others]
        written = rows.guides_of(codes)
        guides += [guide for guide in written if guide not in guides and guide.address not in there]
        self.choices = [(guide, address([*known, guide.key])) for guide in guides]
        self.others = [(other, address([*known, other.key])) for other in others]


@require_safe
@same_for_everyone
def page(request: HttpRequest) -> HttpResponse:
    """Two to four careers side by side; with fewer, what could stand beside them."""
    slugs, add = asked(request)
    by_key = careers(slugs)
    # The slug of an occupation and its code are two keys of one career.
    readings = list({reading.guide.slug: reading for reading in by_key.values()}.values())
    written = [reading for reading in readings if reading.is_guide]
    related = _related(written)
    known = [reading.guide.slug for reading in readings]
    meant = Meant(add, readings) if add and len(known) < MOST else None
    if meant and meant.only:
        return HttpResponseRedirect(address([*known, meant.only.key]))
    context = {
        "readings": readings,
        "columns": [(reading, address([slug for slug in known if slug != reading.guide.slug])) for reading in readings],
        "missing": [key for key in slugs if key not in by_key],
        "meant": meant,
        "suggestions": [(other, address([*known, other.slug])) for other in _suggestions(related, known)],
        "is_related": bool(related),
        "is_full": len(known) >= MOST,
    }
    if len(readings) > 1:
        facts = comparison.facts(readings)
        fits = table.fits(readings, facts)
        context |= {"facts": facts, "rows": _rows(readings, facts), "fits": fits, "next_actions": next_actions(fits)}
    if len(written) > 1:
        # What nobody has written of the others cannot be set beside it.
        context |= {
            "skills": comparison.skills(written),
            "sides": [
                (reading, comparison.points(reading, "pros"), comparison.points(reading, "cons")) for reading in written
            ],
        }
    return render(request, "compare/page.html", context)


def next_actions(fits: Sequence[table.Fit]) -> list[Action]:
    """And now? To check oneself for each of at most two careers that fit; where none stands out, to ask oneself."""
    best = {fit.reading.guide.slug: fit for fit in reversed(fits)}
    actions = []
    for fit in [fit for fit in fits if best[fit.reading.guide.slug] is fit][:2]:
        tools = offered(fit.reading.guide) if fit.reading.is_guide else {}
        tool = tools.get("readiness") or tools.get("skills-gap")
        name = _("Check yourself: %(career)s") if tool else _("Read on: %(career)s")
        address = tool.url(fit.reading.guide) if tool else fit.reading.url
        actions.append(Action(name % {"career": fit.reading.title}, address, f"{fit.whom} {fit.why}."))
    explore = SITE_TOOLS.get("explore")
    if len(actions) < 2 and explore and explore.is_there():
        why = _("A few questions about what you like and need, if the figures alone do not decide it.")
        actions.append(Action(explore.name, explore.url, why))
    return actions


def _rows(readings: list[Reading], facts: list[comparison.MeasureRow]) -> list[table.TableRow]:
    """Every row of the table: figures, time and money to get ready, and what apps add."""
    written = [reading for reading in readings if reading.is_guide]
    ways = table.of_ways(readings, comparison.ways_in(written)) if written else []
    added = [table.of_added(row) for rows in registry.each("comparison") for row in rows(readings)]
    return [*map(table.of_measure, facts), *ways, *added]


def _related(readings: list[Reading]) -> list[str]:
    """The addresses of the guides that are named as related careers of those chosen."""
    return [career.other for reading in readings for career in reading.guide.related_careers.all() if career.other]


def _suggestions(related: list[str], known: Collection[str]) -> "QuerySet[Listing] | list[Listing]":
    """Guides to compare with: the related ones; where there is none, the first of the list."""
    if len(known) >= MOST:
        return []
    listings = Listing.objects.exclude(slug__in=known)
    return (listings.filter(slug__in=related) if related else listings)[:8]
