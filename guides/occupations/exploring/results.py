"""What the page shows of what fits: the first with their reasons, the rest by name, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.datasets.areas import BY_ABBREVIATION, State
from guides.datasets.publisher import publishers
from guides.models import Listing
from guides.registry import Action

from ..nearness import stored as nearness
from . import relaxing, young
from .activities import labels
from .answers import Answers, Start
from .forms import STEPS
from .matching import MOST_POINTS, Fit, Matching, asks_nothing, may_take_students
from .stored import Candidate, Data

# How many are shown with their reasons, how many by name; of the second list; and of what one leads to.
SHOWN, NAMED, LATER, ONWARD = 6, 44, 5, 3
# How many stand side by side.
BESIDE = 3
# How many of those that pay too little are named.
TOO_LITTLE = 8
# For how many things that find nothing a change is looked for.
OFFERED = 3
# From how much more on pay is better, as in guides/occupations/nearness/onward.py.
BETTER_PAY = 0.05


@dataclass(frozen=True)
class Result:
    """An occupation that is shown: why, whether there is a guide to it, and where it leads."""

    fit: Fit
    guide: Listing | None = None
    onward: list[Candidate] = field(default_factory=list)
    # Why it is mostly done from 18 on; only for who is in school.
    held: young.Held | None = None

    @property
    def candidate(self) -> Candidate:
        return self.fit.candidate

    @property
    def url(self) -> str:
        return reverse("occupations:occupation", args=[self.candidate.slug])


@dataclass(frozen=True)
class Answer:
    """An answer that was given, in words, the address that asks it again, and the one that leaves it out."""

    name: str
    said: str
    change: str
    leave: str


@dataclass(frozen=True)
class LikedThing:
    """Something that is liked: in how many of what fits it is done, and where in none, the change that brings it."""

    name: str
    count: int
    offer: relaxing.Offer | None = None


class Results:
    """All that the page says of some answers."""

    def __init__(self, data: Data, answers: Answers, matching: Matching) -> None:
        self.data, self.answers, self.matching = data, answers, matching
        self.found = matching.found()

    @property
    def count(self) -> int:
        return len(self.found.fitting)

    @property
    def most_points(self) -> int:
        """The points that an occupation can have."""
        return MOST_POINTS * len(self.answers.like)

    @property
    def questions(self) -> str:
        """The query of the address that asks all of it again, from the first question on."""
        return self.answers.at_step(1)

    @property
    def is_young(self) -> bool:
        return self.answers.start == Start.SCHOOL

    @cached_property
    def shown(self) -> list[Result]:
        """The first of those that fit, with their reasons. Two queries."""
        return self._results(self.found.fitting[:SHOWN], leads_on=self.is_young)

    @property
    def named(self) -> Sequence[Fit]:
        """Those after them, by name."""
        return self.found.fitting[SHOWN : SHOWN + NAMED]

    @property
    def left(self) -> int:
        """How many more fit than are shown or named."""
        return max(0, self.count - SHOWN - NAMED)

    @cached_property
    def _beyond(self) -> list[Fit]:
        """For who is in school: what the same answers bring beyond what is possible now, in order."""
        if not self.is_young:
            return []
        matching = self.matching.changed(self.answers.without("start"), self.matching.parts)
        return [fit for fit in matching.fits(matching.fitting()) if not asks_nothing(fit.candidate)]

    @cached_property
    def asking(self) -> list[Result]:
        """For who is in school: what usually asks for a diploma, but where one may ask whether they take students."""
        return self._results([fit for fit in self._beyond if may_take_students(fit.candidate)][:LATER])

    @property
    def next_actions(self) -> list[Action]:
        """And now? The first few side by side, more on the first, and what of a job one has carries over to it."""
        fitting = [*self.shown, *self.asking]
        if not fitting:
            return []
        first, *others = fitting
        title, slug = first.candidate.title, first.candidate.slug
        actions = []
        if others:
            beside = [("g", each.candidate.slug) for each in [first, *others[: BESIDE - 1]]]
            name = _("Set the first %(count)d side by side") % {"count": len(beside)}
            why = _("Pay, schooling and outlook at one glance; then take away the one that fits least.")
            actions.append(Action(name, f"{reverse('guides:compare')}?{urlencode(beside)}", why))
        why = _("What people do there all day, what it pays in your state, how to enter.")
        address = first.guide.get_absolute_url() if first.guide else first.url
        actions.append(Action(_("Read on: %(title)s") % {"title": title}, address, why))
        if self.is_young:
            address, why = reverse("occupations:save", args=[slug]), _("Its next steps then stand in your plan.")
            save = _("Save %(title)s to my plan") % {"title": title}
            return [*actions, Action(save, f"{address}?{self.saved_from}", why)]
        address, why = reverse("occupations:move"), _("What you do now that counts there.")
        move = _("Coming from another job: %(title)s") % {"title": title}
        return [*actions, Action(move, f"{address}?{urlencode({'to': slug})}", why)]

    @cached_property
    def later(self) -> list[Result]:
        """For who is in school: what the same answers lead to, after a diploma, a school or some years of work."""
        return self._results([fit for fit in self._beyond if not may_take_students(fit.candidate)][:LATER])

    @property
    def held(self) -> list[tuple[Candidate, young.Held | None]]:
        """What would fit, but is mostly done from 18 on, each with the reason."""
        return [(candidate, young.held_back(candidate.code)) for candidate in self.found.held]

    @property
    def too_little(self) -> list[Fit]:
        """The first of those that have something that is liked but do not pay what is needed."""
        return self.found.too_little[:TOO_LITTLE]

    @cached_property
    def offers(self) -> list[relaxing.Offer]:
        """Which answers to change, where little fits."""
        return relaxing.offers(self.matching, self.count) if self.count < relaxing.FEW else []

    @cached_property
    def liked(self) -> list[LikedThing]:
        """What each of several things that are liked finds, and of some that find nothing, the nearest change."""
        if len(self.answers.like) < 2:
            return []
        codes = [fit.candidate.code for fit in self.found.fitting]
        things, offered = [], 0
        for choice, tasks in self.matching.parts.tasks.items():
            count, offer = sum(code in tasks for code in codes), None
            if not count and offered < OFFERED:
                offer, offered = self._bringing(choice), offered + 1
            things.append(LikedThing(labels()[choice], count, offer))
        return things

    def _bringing(self, choice: str) -> relaxing.Offer | None:
        """The nearest change by which something that is liked is found, with all else that is liked kept."""
        offer = relaxing.nearest(self.matching.liking(choice))
        return offer and replace(offer, answers=offer.answers.but(like=self.answers.like))

    @cached_property
    def saved_from(self) -> str:
        """The query by which the page that saves an occupation leads back here."""
        return urlencode({"explore": self.answers.query})

    @cached_property
    def with_diploma(self) -> relaxing.Offer | None:
        """For who is in school, and has enough to choose from: what more a diploma would bring."""
        is_enough = self.is_young and self.count >= relaxing.FEW
        return relaxing.nearest_of(self.matching, "start", self.count) if is_enough else None

    @cached_property
    def given(self) -> list[Answer]:
        """The answers, each with the addresses that change it and leave it out."""
        return [
            Answer(
                name,
                relaxing.said(self.answers, name),
                f"?{self.answers.at_step(step_of(name))}",
                f"?{self.answers.without(name).query}",
            )
            for name in self.answers.given
        ]

    @property
    def state(self) -> State | None:
        return BY_ABBREVIATION.get(self.answers.state)

    @property
    def credits(self) -> list[str]:
        """O*NET's credit for each edition that the page shows."""
        return [publishers()["onet"].credit_line(edition) for edition in self.data.editions]

    @property
    def pay_editions(self) -> list[str]:
        return _editions(result.candidate.pay_edition for result in self._all)

    @property
    def projection_editions(self) -> list[str]:
        return _editions(result.candidate.projection_edition for result in self._all)

    @property
    def highest_pay(self) -> int:
        """The highest median that is shown: the end of the bars of pay. 0 where none is published."""
        return max((result.candidate.median_pay or 0 for result in self._all), default=0)

    @property
    def _all(self) -> list[Result]:
        """All that is shown with its reasons."""
        return [*self.shown, *self.asking, *self.later]

    def _results(self, fits: Sequence[Fit], leads_on: bool = False) -> list[Result]:
        codes = [fit.candidate.code for fit in fits]
        guides = self._guides
        onward = self._onward(codes) if leads_on else {}
        return [
            Result(
                fit,
                guides.get(fit.candidate.soc_code) if fit.candidate.code.endswith(".00") else None,
                onward.get(fit.candidate.code, []),
                young.held_back(fit.candidate.code) if self.is_young else None,
            )
            for fit in fits
        ]

    @cached_property
    def _guides(self) -> dict[str, Listing]:
        """A guide to each code that has one; of several the first by title."""
        guides = Listing.objects.order_by("-title").only("slug", "title", "occupation_code")
        return {guide.occupation_code: guide for guide in guides}

    def _onward(self, codes: Sequence[str]) -> dict[str, list[Candidate]]:
        """The nearest occupations of each that pay more and are not among what is possible now. One query."""
        by_code = {each.code: each for each in self.data.candidates}
        ways: dict[str, list[Candidate]] = {}
        for code, near in nearness.nearest_of(codes).items():
            others = [by_code[each.code] for each in near if each.code in by_code]
            ways[code] = [other for other in others if _is_next(by_code[code], other)][:ONWARD]
        return ways


def step_of(name: str) -> int:
    """Return the number of the step that asks a question, from 1."""
    return next(number for number, names in enumerate(STEPS, 1) if name in names)


def _is_next(own: Candidate, other: Candidate) -> bool:
    """Whether an occupation pays more than another, in the same edition, and asks for more than nothing."""
    if asks_nothing(other) or own.median_pay is None or other.median_pay is None:
        return False
    is_comparable = own.pay_edition == other.pay_edition and own.pay_code != other.pay_code
    return is_comparable and other.median_pay - own.median_pay >= BETTER_PAY * own.median_pay


def _editions(names: Iterable[str]) -> list[str]:
    return sorted({*names} - {""}, reverse=True)


def order_said(answers: Answers) -> str:
    """Return in what order the results stand."""
    if answers.like:
        return _("Those with the most of what you like first.")
    return _("Those with the most openings a year first: you chose nothing that you like doing.")
