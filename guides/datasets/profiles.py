"""What O*NET says of an occupation: its profile, one packed row, read as dataclasses.

    profile = profiles.of("25-4031.00")
    for rating in profile.skills.items:
        rating.name, rating.importance.value, rating.survey.month

Each block keeps the edition that it was taken from, and each item the month and the kind of people it was asked of:
an edition of 2026 repeats answers of 2017. A block that O*NET has not surveyed for an occupation is None.

The texts are O*NET's, CC BY 4.0: show the credit of each of `profile.editions` wherever you show them.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from .models import OccupationProfile
from .packing import unpack

Item = TypeVar("Item")

# O*NET's answers to 'what level of education does a new hire need for this job', by the number in its files.
EDUCATION_LEVELS = (
    "Less than a high school diploma",
    "High school diploma or the equivalent",
    "Post-secondary certificate",
    "Some college courses",
    "Associate's degree",
    "Bachelor's degree",
    "Post-baccalaureate certificate",
    "Master's degree",
    "Post-master's certificate",
    "First professional degree",
    "Doctoral degree",
    "Post-doctoral training",
)
SUPPRESSED, NOT_RELEVANT = 1, 2
HOT, IN_DEMAND = 1, 2


@dataclass(frozen=True)
class Survey:
    """When something was asked or assessed, and of whom."""

    # The first day of the month; None where the file gives no date.
    month: date | None
    # O*NET's word: 'Incumbent' (people in the job), 'Occupational Expert', 'Analyst', 'Machine Learning'.
    source: str


@dataclass(frozen=True)
class Estimate:
    """A mean or a percentage over the answers to one question."""

    value: float
    # How many answered; None where the publisher gives no number.
    answers: int | None = None
    # Ends of the 95 % interval, None where the publisher gives none.
    low: float | None = None
    high: float | None = None
    # The publisher's advice not to use it: too few or too different answers.
    is_suppressed: bool = False
    # More than three in four rated the question as not important for the job.
    is_not_relevant: bool = False


@dataclass(frozen=True)
class Rating:
    """A skill, a field of knowledge or a work style."""

    survey: Survey
    # Its number in O*NET's content model, such as 2.A.1.a; it tells skills apart across editions.
    element: str
    name: str
    # From 1 (not important) to 5 (extremely important).
    importance: Estimate
    # From 0 to 7, how much of it the job needs; None for work styles.
    level: Estimate | None = None


@dataclass(frozen=True)
class Task:
    """A duty, in O*NET's words."""

    survey: Survey
    id: int
    text: str
    # 'Core', 'Supplemental', or '' where nobody was asked how much it matters.
    kind: str = ""
    # How many people in the job were asked.
    answers: int | None = None

    @property
    def is_core(self) -> bool:
        return self.kind == "Core"


@dataclass(frozen=True)
class Activity:
    """A detailed work activity: what several occupations have in common where their tasks use other words."""

    survey: Survey
    # Such as 4.A.1.a.1.I01.D01; up to the 'I' stands the general work activity it belongs to.
    id: str
    title: str
    # The tasks (Task.id) it was linked to, in the edition that it is of.
    tasks: tuple[int, ...]


@dataclass(frozen=True)
class EducationLevel:
    """How many in a hundred say that a new hire needs this level. Never 'the education of people in the job'."""

    survey: Survey
    # 1 to 12, a place in EDUCATION_LEVELS counted from one.
    number: int
    percent: Estimate

    @property
    def name(self) -> str:
        return EDUCATION_LEVELS[self.number - 1]


@dataclass(frozen=True)
class Product:
    """A program, by its maker's name."""

    name: str
    # Named in many employers' adverts for any occupation, and for this one.
    is_hot: bool = False
    is_in_demand: bool = False


@dataclass(frozen=True)
class Technology:
    """A kind of software by its UNSPSC commodity code, and the products used in the occupation."""

    commodity: int
    name: str
    products: tuple[Product, ...]


@dataclass(frozen=True)
class Interest:
    """How well an interest of Holland's six describes the work, from 1 to 7."""

    survey: Survey
    element: str
    name: str
    value: float
    # 1 for the interest that describes the work best, up to 3; 0 for the others.
    rank: int = 0


@dataclass(frozen=True)
class RelatedOccupation:
    """An occupation that O*NET holds for similar."""

    code: str
    title: str
    # 'Primary-Short' (the closest five), 'Primary-Long' (the next five) or 'Supplemental'.
    tier: str
    # Place in the publisher's order, from 1.
    index: int


@dataclass(frozen=True)
class JobZone:
    """How much preparation the job needs, from 1 (little or none) to 5 (extensive)."""

    survey: Survey
    number: int


@dataclass(frozen=True)
class Block(Generic[Item]):
    """One part of a profile: its items in the publisher's order, and the edition they were taken from."""

    edition: str
    items: tuple[Item, ...]

    @property
    def surveys(self) -> list[Survey]:
        """When and of whom it was asked, the newest first."""
        surveys: set[Survey] = {item.survey for item in self.items if hasattr(item, "survey")}
        return sorted(surveys, key=lambda survey: (survey.month or date.min, survey.source), reverse=True)


@dataclass(frozen=True)
class Profile:
    """All that O*NET says of an occupation beside its other titles (Occupation.titles)."""

    code: str
    title: str
    description: str
    job_zone: Block[JobZone] | None = None
    tasks: Block[Task] | None = None
    activities: Block[Activity] | None = None
    skills: Block[Rating] | None = None
    knowledge: Block[Rating] | None = None
    work_styles: Block[Rating] | None = None
    education: Block[EducationLevel] | None = None
    technology: Block[Technology] | None = None
    interests: Block[Interest] | None = None
    related: Block[RelatedOccupation] | None = None

    @property
    def blocks(self) -> "dict[str, Block[Any]]":
        """Those that are there, by name."""
        return {name: block for name in BLOCKS if (block := getattr(self, name)) is not None}

    @property
    def is_surveyed(self) -> bool:
        """Whether anyone was asked about it; 'all other' and military occupations are in the list alone."""
        return bool(self.blocks)

    @property
    def editions(self) -> list[str]:
        """The editions that its blocks are of, the newest first, for the credit."""
        return sorted({block.edition for block in self.blocks.values()}, key=edition_order, reverse=True)


def edition_order(edition: str) -> tuple[int, ...]:
    """Sort key of an edition: 9.0 before 30.2."""
    return tuple(int(part) for part in edition.split("."))


def of(code: str, blocks: Collection[str] | None = None) -> Profile | None:
    """Return the profile of an O*NET code, such as 25-4031.00, or None where there is none. One query.

    With `blocks` these alone are read: the rest stays None.
    """
    row = OccupationProfile.objects.select_related("occupation").filter(occupation__code=code).first()
    return thaw(row, blocks) if row else None


def each(blocks: Collection[str] | None = None) -> Iterator[Profile]:
    """Yield every profile by code, a few at a time: what needs all of them need not hold all of them.

    With `blocks` these alone are read: the rest of each profile stays None.
    """
    for row in OccupationProfile.objects.select_related("occupation").order_by("occupation__code").iterator(100):
        yield thaw(row, blocks)


def thaw(row: OccupationProfile, blocks: Collection[str] | None = None) -> Profile:
    """Return what a row holds, or these blocks of it; its occupation must be fetched already to cost no query."""
    occupation = row.occupation
    return read(occupation.code, occupation.title, occupation.description, row.packed, blocks)


def read(
    code: str, title: str, description: str, packed: bytes | memoryview, blocks: Collection[str] | None = None
) -> Profile:
    """Return the profile of an occupation from its packed blocks, or these of them."""
    wanted = BLOCKS if blocks is None else BLOCKS.keys() & set(blocks)
    known = {name: _block(name, block) for name, block in unpack(packed).items() if name in wanted}
    return Profile(code, title, description, **known)


def _block(name: str, packed: dict[str, Any]) -> Block[Any]:
    """Return a block in the form of publishers/onet/tables.py: edition, surveys, and a list for each item."""
    surveys = [Survey(_month(month), source) for month, source in packed["surveys"]]
    thawed = BLOCKS[name]
    return Block(packed["edition"], tuple(thawed(surveys[row[0]], *row[1:]) for row in packed["rows"]))


def _month(text: str) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None


def _estimate(value: float, answers: int | None, low: float | None, high: float | None, marks: int = 0) -> Estimate:
    return Estimate(value, answers, low, high, bool(marks & SUPPRESSED), bool(marks & NOT_RELEVANT))


def _rating(survey: Survey, element: str, name: str, importance: list[Any], level: list[Any] | None = None) -> Rating:
    return Rating(survey, element, name, _estimate(*importance), _estimate(*level) if level else None)


def _activity(survey: Survey, number: str, title: str, tasks: list[int]) -> Activity:
    return Activity(survey, number, title, tuple(tasks))


def _education(survey: Survey, number: int, percent: list[Any]) -> EducationLevel:
    return EducationLevel(survey, number, _estimate(*percent))


def _technology(survey: Survey, commodity: int, name: str, products: list[Any]) -> Technology:
    asked_for = (Product(product, bool(marks & HOT), bool(marks & IN_DEMAND)) for product, marks in products)
    return Technology(commodity, name, tuple(asked_for))


def _related(survey: Survey, code: str, title: str, tier: str, index: int) -> RelatedOccupation:
    return RelatedOccupation(code, title, tier, index)


# How each block's rows are read, by its name; the order is that of a profile.
BLOCKS: dict[str, Callable[..., Any]] = {
    "job_zone": JobZone,
    "tasks": Task,
    "activities": _activity,
    "skills": _rating,
    "knowledge": _rating,
    "work_styles": _rating,
    "education": _education,
    "technology": _technology,
    "interests": Interest,
    "related": _related,
}
