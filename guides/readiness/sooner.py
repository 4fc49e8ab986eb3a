"""A related career that someone who begins is in sooner: for whoever the way into this one takes more than a year."""

from dataclasses import dataclass
from datetime import date, timedelta

from guides.models import Guide
from guides.reading import reader

from . import check, fitting

LONG = timedelta(days=366)
SOONER = timedelta(days=182)


@dataclass(frozen=True)
class Sooner:
    """The guide of the other career, and the earliest day in its job for the lowest answers of its check."""

    guide: Guide
    end: date


def related(guide: Guide, fit: fitting.Fit) -> Sooner | None:
    """Return the related career with a live guide that is reached first, half a year sooner or more; else None.

    The hours and the day to begin are those of `fit`, the money none, and the answers the lowest: who is further is
    in that job no later.
    """
    end = fit.timeline.end
    if end is None or end - fit.means.start <= LONG:
        return None
    slugs = [career.other for career in guide.related_careers.all() if career.other]
    means = fitting.Means(fit.means.hours_a_week, fit.means.start, 0)
    careers = [Sooner(other.guide, day) for other in reader.several(slugs) if (day := reached(other, means))]
    first = min(careers, key=lambda sooner: sooner.end, default=None)
    return first if first and end - first.end >= SOONER else None


def reached(reading: reader.Reading, means: fitting.Means) -> date | None:
    """The earliest day in the job for whoever gives the lowest answers of the guide's check; None without a check."""
    questions = check.all_questions(reading.guide)
    lowest = {question.slug: min(question.options.all(), key=lambda option: option.points) for question in questions}
    if not lowest:
        return None
    best = fitting.ways(reading, check.assess(reading.guide, lowest), means).best
    return best.timeline.end if best and not best.is_too_dear else None
