"""The skills gap: what a person's ratings are worth, and how each gap may be closed.

The arithmetic: a core skill is worth 6 points, a useful one 4, a bonus 2. Being able to use it at work, or to
teach it, counts whole, the basics count half. So more skill never lowers the score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import Route, Section, Skill, Step
from guides.reading.reader import Reading

from .models import Practice

WORTH = {Skill.Weight.CORE: 6, Skill.Weight.USEFUL: 4, Skill.Weight.BONUS: 2}


# How a skill is drawn: there, begun, or neither; in this order.
CELLS = FULL, HALF, EMPTY = ("full", "half", "empty")


class Level(models.IntegerChoices):
    """How well someone has a skill, in their own judgement."""

    NOT_YET = 0, gettext_lazy("Not yet")
    BASICS = 1, gettext_lazy("Basics")
    AT_WORK = 2, gettext_lazy("At work")
    TEACH = 3, gettext_lazy("Could teach it")


def percent(part: int, whole: int) -> int:
    """Return `part` of `whole` in whole percent, half rounded up; 0 of nothing is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0


@dataclass
class SkillGroup:
    """A section of skills, as one screen of the form."""

    section: Section
    skills: list[Skill]


@dataclass
class Rated:
    """A skill with its rating (None: not rated, counts as not yet), and how to get better at it."""

    skill: Skill
    level: int | None
    practice: Practice | None = None
    step: Step | None = None
    route: Route | None = None

    @property
    def worth(self) -> int:
        return WORTH[Skill.Weight(self.skill.weight)]

    @property
    def points(self) -> int:
        return self.worth * min(self.level or 0, Level.AT_WORK) // Level.AT_WORK

    @property
    def missing(self) -> int:
        return self.worth - self.points

    @property
    def cell(self) -> str:
        return EMPTY if not self.points else HALF if self.missing else FULL

    @property
    def level_name(self) -> str:
        return _("Not rated") if self.level is None else str(Level(self.level).label)

    @property
    def weight_name(self) -> str:
        """The weight in one word, without what it means."""
        return self.skill.get_weight_display().partition(":")[0]

    @property
    def hours(self) -> tuple[int, int] | None:
        """About how many hours close the gap, as (from, to); with the basics half of them. None where unknown."""
        if self.practice is None or not self.missing:
            return None
        share = 2 if self.level == Level.BASICS else 1
        return -(-self.practice.hours_from // share), -(-self.practice.hours_to // share)

    @property
    def resume_line(self) -> str:
        """The strength as a line for a resume."""
        line = self.practice.resume_line if self.practice else ""
        return line or _("Experience with %(skill)s") % {"skill": self.skill.name[:1].lower() + self.skill.name[1:]}


@dataclass
class GapResult:
    """All rated skills of a guide, and what they add up to."""

    rated: list[Rated]
    unknown: int = 0
    hours: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        known = [row.hours for row in self.gaps if row.hours]
        self.hours = (sum(low for low, _high in known), sum(high for _low, high in known))

    @property
    def points(self) -> int:
        return sum(row.points for row in self.rated)

    @property
    def worth(self) -> int:
        return sum(row.worth for row in self.rated)

    @property
    def score(self) -> int:
        """The points as a share of all there are, in percent."""
        return percent(self.points, self.worth)

    @property
    def strengths(self) -> list[Rated]:
        """The skills that are there, those of most weight first, and of equal ones the better known."""
        have = [row for row in self.rated if not row.missing]
        return sorted(have, key=lambda row: (-row.worth, -(row.level or 0)))

    @property
    def gaps(self) -> list[Rated]:
        """The skills that are missing, in order of weight; of one weight, what adds most points first."""
        return sorted((row for row in self.rated if row.missing), key=lambda row: (-row.worth, -row.missing))

    @property
    def unrated(self) -> list[Rated]:
        return [row for row in self.rated if row.level is None]

    @property
    def by_weight(self) -> list[dict[str, Any]]:
        """For each weight its name, what one skill is worth, and the points and worth of all: the arithmetic.

        `cells` are its skills as they are drawn, those that are there first: full, half or empty.
        """
        rows = []
        for weight, worth in WORTH.items():
            if some := [row for row in self.rated if row.skill.weight == weight]:
                rows.append(
                    {
                        "name": some[0].weight_name,
                        "each": worth,
                        "count": len(some),
                        "points": sum(row.points for row in some),
                        "worth": worth * len(some),
                        "cells": sorted((row.cell for row in some), key=CELLS.index),
                        "there": sum(row.cell == FULL for row in some),
                        "begun": sum(row.cell == HALF for row in some),
                    }
                )
        return rows


def groups(reading: Reading) -> list[SkillGroup]:
    """The guide's sections of skills that hold any."""
    filled = [SkillGroup(section, list(section.skills.all())) for section in reading.all_sections()]
    return [group for group in filled if group.skills]


def all_skills(reading: Reading) -> list[Skill]:
    """Every skill of the guide, in reading order."""
    return [skill for group in groups(reading) for skill in group.skills]


def assess(reading: Reading, ratings: Mapping[str, int], unknown: int = 0) -> GapResult:
    """Return the GapResult of these ratings, levels by skill slug."""
    practices = {practice.skill: practice for practice in reading.guide.skill_practices.all()}
    steps, routes = by_slug(reading, "steps"), by_slug(reading, "routes")
    rated = []
    for skill in all_skills(reading):
        practice = practices.get(skill.slug)
        rated.append(
            Rated(
                skill,
                ratings.get(skill.slug),
                practice,
                steps.get(practice.step) if practice else None,
                routes.get(practice.route) if practice else None,
            )
        )
    return GapResult(rated, unknown)


def by_slug(reading: Reading, rows: str) -> dict[str, Any]:
    """The rows of that kind in the whole guide ('steps', 'routes'), by slug."""
    return {row.slug: row for section in reading.all_sections() for row in getattr(section, rows).all()}


def changes(before: GapResult, after: GapResult) -> list[tuple[Rated, Rated]]:
    """What differs between two Results of one guide: pairs of Rated whose level is not the same."""
    earlier = {row.skill.slug: row for row in before.rated}
    pairs = [(earlier.get(row.skill.slug), row) for row in after.rated]
    return [(old, new) for old, new in pairs if old and old.level != new.level]
