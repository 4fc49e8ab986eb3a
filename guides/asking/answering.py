"""`answer`: from what a person typed to the passages that answer it, or to what is nearest where none does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from guides.search.words import STOP_WORDS

from . import care, evidence, guide_passages, occupation_passages, ranking, state_pay, subjects, words
from .care import Care
from .passages import LONGEST, Body, Passage
from .questions import Question, understand

# So many passages make an answer; one that counts less than this share of the best is left out.
MOST, WORTH = 3, 0.4
# A comparison shows the same of two.
COMPARED = 2
# Of a question that names no job, so many guides are looked through: those that speak of its words most.
MOST_BODIES = 8


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage, and whether it is the one that answers best."""

    text: str
    is_best: bool = False


@dataclass(frozen=True)
class Quoted:
    """A passage in an answer: of whose guide, its sentences, and whether text is left out before or behind them."""

    passage: Passage
    body: Body
    sentences: Sequence[Sentence]
    starts_later: bool = False
    ends_earlier: bool = False


@dataclass
class Answer:
    """What is answered: `quoted` passages, or none and then `nearest`, the places that come nearest.

    `care` is what is said to questions of danger and of the person; `bodies` whose guides or profiles were asked.
    """

    text: str
    question: Question
    quoted: list[Quoted] = field(default_factory=list)
    nearest: list[Quoted] = field(default_factory=list)
    care: list[Care] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    # The state whose pay was asked and is not published.
    state_missing: str = ""
    # What was to be compared and nothing is shown of.
    left_out: str = ""

    @property
    def is_crisis(self) -> bool:
        return any(each.is_crisis for each in self.care)

    @property
    def telling(self) -> str:
        """The address at which the editors are told that an answer is missing; empty where no guide was asked, and
        where the words, which stand in it, may tell of somebody's trouble."""
        if self.care or care.is_tender(self.text):
            return ""
        near = [(each.body, each.passage) for each in [*self.quoted, *self.nearest] if each.body.is_guide]
        if self.body and self.body.is_guide:
            near += [(self.body, passage) for passage in self.body.passages[:1]]
        if not near:
            return ""
        body, passage = near[0]
        query = urlencode({"guide": body.key, "section": passage.section, "q": self.text})
        return f"{reverse('asking:missing')}?{query}"

    @property
    def bodies_shown(self) -> list[Body]:
        """The guides and occupations to look into, where they are few."""
        return self.bodies if len(self.bodies) <= COMPARED else []

    @property
    def body(self) -> Body | None:
        """The one guide or occupation that was asked, None where several were."""
        return self.bodies[0] if len(self.bodies) == 1 else None


def answer(text: str, guide: Body | None = None) -> Answer:
    """Return the Answer to `text`, whatever it is: of `guide`, or else of what the question names."""
    concerns = care.concerns(text)
    if any(each.is_crisis for each in concerns):
        return Answer(text, Question(text), care=concerns)
    if any(each.is_alone for each in concerns):
        return Answer(text, Question(text), care=concerns)
    typed = words.spoken(text)
    sides = [] if guide else subjects.compared(typed, guide_passages.live())
    bodies, names = _of_sides(sides) if sides else _asked_of(typed, guide)
    question = understand(text, names, [body.spread for body in bodies])
    if len(bodies) > MOST_BODIES:
        bodies = ranking.most_telling(question, bodies)[:MOST_BODIES]
    result = Answer(text, question, care=concerns, bodies=bodies)
    if not [word for word in question.said if word not in STOP_WORDS]:
        return result
    ranked = ranking.rank(question, bodies)
    if any(each.needs_job for each in concerns) and len(bodies) > COMPARED:
        # It names no job: whatever a guide says of its own is beside the point.
        return result
    if evidence.answers(question, ranked, bodies):
        enough = [each for each in ranked if each.points >= WORTH * ranked[0].points]
        chosen = _one_of_each(ranked, bodies) if sides else enough
        result.quoted = [_quoted(each, question) for each in chosen[:MOST]]
    elif not concerns:
        guides = [body for body in bodies if body.is_guide]
        near = ranked or ranking.rank(question, guides, fitting_only=False)
        if near and evidence.is_near(question, near[0], bodies):
            result.nearest = [_quoted(each, question) for each in near[:MOST]]
    if sides and result.quoted:
        result.left_out = _left_out(sides, result.quoted)
    if state_pay.is_asked(question):
        _add_state(result)
    return result


def _add_state(result: Answer) -> None:
    """Put what the job is paid in the state that was named first, or note that it is not published."""
    bodies = result.bodies_shown or list({each.body.key: each.body for each in result.quoted}.values())
    found = [(body, state_pay.of_body(body, result.question)) for body in bodies[:COMPARED]]
    in_state = [Quoted(passage, body, []) for body, passage in found if passage]
    if in_state:
        result.quoted = [*in_state, *result.quoted][:MOST]
        result.nearest = []
    else:
        result.state_missing = result.question.states[0]


def _asked_of(typed: Sequence[str], guide: Body | None) -> tuple[list[Body], list[list[str]]]:
    """Return whose passages are asked, and the names by which the question calls them."""
    if guide:
        return [guide], [*subjects.names_of(guide), *subjects.short_names(guide)]
    everything = guide_passages.live()
    named = subjects.in_guides(typed, everything)
    named_bodies = [each.body for each in named if each.body]
    occupation = subjects.occupation(typed)
    said = max((len(each.name) for each in named), default=0)
    if named_bodies and not (occupation and len(occupation.name) > said):
        chosen = named_bodies[:COMPARED]
        return chosen, [name for body in chosen for name in subjects.names_of(body)]
    if occupation and occupation.listing:
        return [occupation_passages.of_listing(occupation.listing)], [list(occupation.name)]
    return list(everything), []


def _of_sides(sides: Sequence[subjects.Side]) -> tuple[list[Body], list[list[str]]]:
    """Return whose passages tell of the two that are compared, as far as they are known, and their names."""
    found = [each.subject for each in sides if each.subject]
    bodies = {body.key: body for body in map(_body, found)}
    names = [list(each.name) for each in found]
    return list(bodies.values()), names + [name for body in bodies.values() for name in subjects.names_of(body)]


def _body(subject: subjects.Subject) -> Body:
    if subject.body:
        return subject.body
    assert subject.listing is not None  # noqa: S101
    return occupation_passages.of_listing(subject.listing)


def _one_of_each(ranked: Sequence[ranking.Scored], bodies: Sequence[Body]) -> list[ranking.Scored]:
    """Return the best passage of each of two that are compared, in their order: the same of both where there is."""
    section, is_figure = ranked[0].passage.section, bool(ranked[0].passage.figure)
    alike = [each for each in ranked if each.passage.section == section or (is_figure and each.passage.figure)]
    chosen: dict[str, ranking.Scored] = {}
    for each in [*alike, *ranked]:
        chosen.setdefault(each.body.key, each)
    return [chosen[body.key] for body in bodies if body.key in chosen]


def _left_out(sides: Sequence[subjects.Side], quoted: Sequence[Quoted]) -> str:
    """What one side of a comparison is called of which nothing is quoted; '' where both are."""
    shown = {each.body.key for each in quoted}
    for side in sides:
        if side.subject is None:
            return side.words
        if side.subject.key not in shown:
            return side.subject.title
    return ""


def _quoted(scored: ranking.Scored, question: Question) -> Quoted:
    passage = scored.passage
    sentences = passage.sentences
    best = ranking.best_sentence(passage, question)
    start = best or 0
    end, length = start + 1, len(sentences[start]) if sentences else 0
    while sentences and (start > 0 or end < len(sentences)):
        following = len(sentences[end]) if end < len(sentences) else None
        before = len(sentences[start - 1]) if start > 0 else None
        if following is not None and length + following <= LONGEST:
            length, end = length + following, end + 1
        elif before is not None and length + before <= LONGEST:
            length, start = length + before, start - 1
        else:
            break
    shown = [Sentence(text, place == best and len(sentences) > 1) for place, text in enumerate(sentences)][start:end]
    return Quoted(passage, scored.body, shown, start > 0, end < len(sentences))
