"""Which question of a guide a story could answer, and why: by skills that both name, and by words that both use.

A question is taken with its whole outline: what is being looked for says more than what is asked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import Skill
from guides.readiness import matching, skills_gap
from guides.readiness.words import root, tokens
from guides.reading.reader import Reading
from guides.toolkit.models import InterviewQuestion

from .models import Story

MOST_CANDIDATES = 3
# A word that more of a guide's questions use says nothing of one of them.
COMMON_IN = 4
SHORTEST_WORD = 4
# Alone two words are chance; beside a skill they say more of why.
WORDS_NEEDED, WORDS_BESIDE_A_SKILL = 3, 2
WORTH_OF_A_SKILL = 3  # in shared words

# Words of any story and any question: when, how many, how long, and what everybody does.
EVERYDAY = frozenset(
    """about after again against ahead alone already also always another anything asked back because before began begin
    behind best better both bring brought call called came change changed come comes could days different done down
    each early else even ever every everyone everything example fast find first five found four full gave give given
    goes good half hand help helped here hour hours into itself just keep kept kind knew know large last later least
    left less like list little long look looked made make makes many maybe mean minute minutes month months more most
    much must name need needed never next nine nothing number numbers offer offered often once only open other others
    over part parts people person place point read ready right said same saved says seven short show showed shown side
    since small some someone something start started still stood such take takes talk tell than that them then there
    these they thing things think this those though thought three time times told took twelve twenty twice under until
    upon used very wait waited want wanted week weeks well went were what when where which while whole whom wish with
    without word words work worked works write wrote year years
    have having been does doing would could should might must cannot will your yours mine ours theirs second third
    opened yourself myself going gone getting able sure until anyone somebody nobody everybody""".split()
)
EVERYDAY_ROOTS = frozenset(root(word) for word in EVERYDAY)

# What stories and questions are about in very different words: the man who shouts and the angry customer are one thing.
THEMES = {
    "anger": (
        _("somebody who is upset"),
        """angry anger upset furious yell scream shout curse swear rude hostile threaten threat aggressive strike annoy
        argue argument complain complaint conflict dispute quarrel insult tantrum irate frustrated""",
    ),
    "mistake": (_("a mistake"), "mistake mistaken misfiled mischarged blunder apologize apology"),
    "rush": (_("too much at once"), "backlog overwhelmed deadline understaffed priority prioritize swamped"),
}


@dataclass(frozen=True)
class Subject:
    """What a question is about: the skills that its words show, its own words by their roots, and its themes."""

    skills: dict[str, str]  # names by their short names
    words: dict[str, str]
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """A story that could answer a question, why in a sentence, and what that is worth beside others."""

    story: Story
    why: str
    worth: int


@dataclass
class AskedQuestion:
    """A question of a guide: the stories that the person means to answer it with, and others that could."""

    question: InterviewQuestion
    guide: str
    stories: list[Story] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def key(self) -> str:
        """As a story's `questions` name it."""
        return f"{self.guide}/{self.question.slug}"


def questions_of(reading: Reading) -> list[InterviewQuestion]:
    """The questions of a guide that they ask, in the guide's order; nobody answers one's own with a story."""
    return [row for row in reading.guide.interviewquestions.all() if row.is_theirs]


def text_of(question: InterviewQuestion) -> str:
    """A question with its outline, as one text."""
    parts = [question.question, question.looked_for, question.situation, question.task, question.action]
    return "\n".join([*parts, question.result])


def asked(reading: Reading, stories: Sequence[Story], only: str = "") -> list[AskedQuestion]:
    """Return the questions of a guide with the stories for each; `only` one question, by its short name."""
    subjects = _subjects(reading)
    told = [(story, _of_story(story, reading)) for story in stories]
    result = []
    for question in questions_of(reading):
        if only and question.slug != only:
            continue
        one = AskedQuestion(question, reading.guide.slug)
        one.stories = [story for story in stories if one.key in story.question_slugs]
        others = [(story, subject) for story, subject in told if story not in one.stories]
        one.candidates = _candidates(subjects[question.slug], others)
        result.append(one)
    return result


def fitting(questions: Iterable[AskedQuestion]) -> list[tuple[AskedQuestion, Candidate]]:
    """Return those of `questions`, asked with one story, that it could answer and does not yet, the best first."""
    pairs = [(one, candidate) for one in questions for candidate in one.candidates]
    return sorted(pairs, key=lambda pair: -pair[1].worth)


def _candidates(subject: Subject, told: Iterable[tuple[Story, Subject]]) -> list[Candidate]:
    result = []
    for story, own in told:
        skills = [name for slug, name in subject.skills.items() if slug in own.skills]
        words = [own.words[each] for each in subject.words if each in own.words]
        themes = [name for name in THEMES if name in subject.themes & own.themes]
        if skills or themes or len(words) >= WORDS_NEEDED:
            worth = WORTH_OF_A_SKILL * (len(skills) + len(themes)) + len(words)
            said = words if len(words) >= WORDS_BESIDE_A_SKILL else []
            result.append(Candidate(story, _why(skills, themes, said), worth))
    return sorted(result, key=lambda candidate: -candidate.worth)[:MOST_CANDIDATES]


def _why(skills: list[str], themes: list[str], words: list[str]) -> str:
    quoted = get_text_list([gettext("“%(word)s”") % {"word": word} for word in words[:4]], gettext("and"))
    reasons = [gettext("Both show: %(skills)s.") % {"skills": ", ".join(skills)}] if skills else []
    if themes:
        labels = get_text_list([str(THEMES[name][0]) for name in themes], gettext("and"))
        reasons.append(gettext("Both are about %(themes)s.") % {"themes": labels})
    if words:
        reasons.append(gettext("Both speak of %(words)s.") % {"words": quoted})
    return " ".join(reasons)


def _of_story(story: Story, reading: Reading) -> Subject:
    """What a story is about: the skills that the person chose, and where none is chosen those that its words show."""
    skills = skills_gap.all_skills(reading)
    if story.skill_slugs:
        shown = [skill for skill in skills if skill.slug in story.skill_slugs]
    else:
        shown = [match.skill for match in matching.find(story.text, skills)]
    text = f"{story.name}\n{story.text}"
    return Subject(_names(shown), _words(text), _themes(text))


def _names(skills: Iterable[Skill]) -> dict[str, str]:
    return {skill.slug: skill.name for skill in skills}


def _themes(text: str) -> frozenset[str]:
    """What a text is about, by its words."""
    own = {root(token.low) for token in tokens(text)}
    return frozenset(
        name for name, (_name, words) in THEMES.items() if any(root(word) in own for word in words.split())
    )


def _words(text: str) -> dict[str, str]:
    """The words that say something, by their roots, each as it first stands there."""
    result: dict[str, str] = {}
    for token in tokens(text):
        if len(token.low) >= SHORTEST_WORD and root(token.low) not in EVERYDAY_ROOTS and not token.low.isdigit():
            result.setdefault(root(token.low), token.low)
    return result


# What the questions of an edition are about, by the hash of its content. A third of a second for forty questions.
_KNOWN: dict[str, dict[str, Subject]] = {}
MOST_KNOWN = 50


def _subjects(reading: Reading) -> dict[str, Subject]:
    """What each question of a guide is about, by its short name; reckoned once a process for the same content."""
    key = reading.published.content_hash
    if key not in _KNOWN:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = _read(reading)
    return _KNOWN[key]


def _read(reading: Reading) -> dict[str, Subject]:
    skills, rows = skills_gap.all_skills(reading), questions_of(reading)
    words = {row.slug: _words(text_of(row)) for row in rows}
    common = Counter(each for own in words.values() for each in own)
    return {
        row.slug: Subject(
            _names(match.skill for match in matching.find(text_of(row), skills)),
            {each: word for each, word in words[row.slug].items() if common[each] <= COMMON_IN},
            _themes(text_of(row)),
        )
        for row in rows
    }
