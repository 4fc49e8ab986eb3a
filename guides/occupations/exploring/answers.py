"""What somebody answered, and the one address that holds it."""

from dataclasses import dataclass, fields, replace
from typing import Self

from django.db import models
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from guides.models import Listing


class Company(models.TextChoices):
    """With whom."""

    PEOPLE = "people", _("With people")
    ALONE = "alone", _("Few tasks with people")


class Body(models.TextChoices):
    """How much of it is done with the body."""

    MOVING = "moving", _("On the move, or with my hands")
    SITTING = "sitting", _("Little manual work or lifting")


class School(models.TextChoices):
    """How much school before the first day, least first."""

    NONE = "none", _("None: I would learn on the job")
    CERTIFICATE = "certificate", _("Weeks to two years: a certificate, or some college")
    ASSOCIATE = "associate", _("About two years: an associate’s degree")
    BACHELOR = "bachelor", _("About four years: a bachelor’s degree")
    LONGER = "longer", _("Longer: a master’s degree or more")


class Start(models.TextChoices):
    """Where somebody starts from."""

    SCHOOL = "school", _("I am still in school, or have no diploma")
    NEW = "new", _("I have a diploma, but no experience")


# An hour's wage becomes a year's as the Bureau reckons it.
HOURS = 2_080
# The bands of education that so much school, and no more, opens.
OPENS = {
    School.NONE: 2,
    School.CERTIFICATE: 3,
    School.ASSOCIATE: 4,
    School.BACHELOR: 5,
    School.LONGER: 6,
}
BANDS = [str(value) for value in Listing.Education.values]


@dataclass(frozen=True)
class Answers:
    """The answers that were given; '' and None are none. What is liked stands in the order of the groups.

    `earn` is in US dollars a year, `state` an abbreviation such as OH.
    """

    like: tuple[str, ...] = ()
    company: str = ""
    body: str = ""
    school: str = ""
    start: str = ""
    earn: int | None = None
    state: str = ""

    @property
    def given(self) -> list[str]:
        """The names of the answers that were given."""
        return [each.name for each in fields(self) if getattr(self, each.name)]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The answers as the address holds them, each in its place, so that the same answers are one address."""
        found = [("like", choice) for choice in self.like]
        return found + [(name, str(getattr(self, name))) for name in self.given if name != "like"]

    @property
    def query(self) -> str:
        """The query of the address that shows what fits."""
        return urlencode(self.pairs or [("show", "1")])

    def at_step(self, step: int) -> str:
        """The query of the address that asks the question `step`."""
        return urlencode([*self.pairs, ("step", str(step))])

    def but(self, **changed: object) -> Self:
        """Return these answers with some of them changed."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def without(self, *names: str) -> Self:
        """Return these answers without some of them."""
        return self.but(**{each.name: each.default for each in fields(self) if each.name in names})

    def opens(self, education: str) -> bool:
        """Whether as much school as was answered is enough for a band of education."""
        return BANDS.index(education) < OPENS[School(self.school)]
