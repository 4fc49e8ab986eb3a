"""Which job in a library a posting is for: by its title and, more than that, by its duties, with the words that say so.

The cues stand in library_work.toml. What two jobs share equally, what is no job, and what goes on in a library and is
somebody else's work stay without a name here.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("library_work.toml")
LIBRARIAN, TECHNICAL_LIBRARIAN, SUPERVISOR = "25-4022", "technical-services-librarian", "43-1011"
# So much must speak for a job, or somewhat less where its title says so, and so much more than for any other.
LEAST, LEAST_WITH_TITLE, LEAD = 5.0, 3.0, 1.5
WORDS_SHOWN = 3


@dataclass(frozen=True)
class Cue:
    """Words that speak for a job, and how much they count."""

    counts: float
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Cues:
    """All that speaks for one job, in titles and texts; `called` is the title that decides where duties say little."""

    slug: str
    called: re.Pattern[str] | None
    title: Sequence[Cue]
    text: Sequence[Cue]


@dataclass(frozen=True)
class Verdict:
    """The job that a posting is for, a guide's slug or a SOC code, '' for none; and the words that say so.

    `is_of_library` is False where it is no work of a library's at all, and other occupations may be looked at.
    """

    job: str = ""
    words: Sequence[str] = field(default_factory=tuple)
    is_of_library: bool = True


@dataclass(frozen=True)
class Rules:
    """The file, read once: its single patterns by name, the jobs, and what skills count for."""

    patterns: dict[str, re.Pattern[str]]
    jobs: Sequence[Cues]
    skills: dict[str, dict[str, float]]

    def says(self, name: str, text: str) -> bool:
        """Whether the pattern of that name stands in a text."""
        return bool(self.patterns[name].search(text))


@cache
def rules() -> Rules:
    """The rules as the file has them."""
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
    patterns = {name: _pattern(value) for name, value in given.items() if isinstance(value, str)}
    jobs = [Cues(job["slug"], _called(job), _cues(job["title"]), _cues(job["text"])) for job in given["job"]]
    return Rules(patterns, jobs, given["skills"])


@cache
def guides() -> frozenset[str]:
    """The slugs of the guides that these rules tell apart."""
    return frozenset([TECHNICAL_LIBRARIAN, *(job.slug for job in rules().jobs)])


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern for texts in small letters: those are searched in half the time that two sorts of letters take."""
    return re.compile(
        re.sub(
            r"\\.|[A-Z]+", lambda found: found[0] if found[0][0] == "\\" else found[0].lower(), text.replace("\n", "")
        )
    )


def _called(job: dict[str, Any]) -> re.Pattern[str] | None:
    return _pattern(job["called"]) if "called" in job else None


def _cues(given: Iterable[Any]) -> list[Cue]:
    return [Cue(counts, _pattern(pattern)) for counts, pattern in given]


def judge(title: str, employer: str, text: str, skills: Callable[[], Iterable[str]]) -> Verdict:
    """Return which job in a library a posting is for; `skills` gives the slugs of those that its text shows."""
    known = rules()
    title, employer, text = (said.lower() for said in (title, employer, text))
    if known.says("no_job", text) or known.says("open_title", title):
        return Verdict()
    is_of_library = known.says("library", f"{title}\n{employer}\n{text}")
    if is_of_library and known.says("heads", title) and known.says("library", f"{title}\n{employer}"):
        return Verdict()
    if not is_of_library or known.says("others", title):
        return Verdict(is_of_library=False)
    if verdict := _librarian(known, title, text):
        return verdict
    return _by_duties(known, title, text, skills)


def _librarian(known: Rules, title: str, text: str) -> Verdict | None:
    """A professional's post, or that of who leads a desk; None for all others."""
    if known.says("helper", title):
        # Whoever helps librarians is none, whatever the text says of theirs.
        return None
    needs_degree = known.says("professional", text) and not known.says("not_professional", text)
    is_librarian = known.says("librarian", title) and not known.says("no_librarian", title)
    if known.says("supervisor", title) and not needs_degree and not is_librarian:
        words = [found[0] for found in known.patterns["supervises"].finditer(text)]
        return Verdict(SUPERVISOR, _few(words)) if len(set(words)) > 1 else Verdict()
    if not needs_degree and not is_librarian:
        return None
    title_says = known.patterns["technical"].findall(title), known.patterns["public"].findall(title)
    technical, public = ([*known.patterns[name].findall(f"{title}\n{text}")] for name in ("technical", "public"))
    votes = 2 * (len(title_says[0]) - len(title_says[1])) + len(set(map(str.lower, technical)))
    votes -= len(set(map(str.lower, public)))
    if not needs_degree and not technical and not public:
        return Verdict()
    return Verdict(TECHNICAL_LIBRARIAN, _few(technical)) if votes > 0 else Verdict(LIBRARIAN, _few(public))


def _by_duties(known: Rules, title: str, text: str, skills: Callable[[], Iterable[str]]) -> Verdict:
    if not text:
        return Verdict()
    titled, scores, words = _by_cues(known, title, text)
    for skill in set(skills()):
        for slug, counts in known.skills.get(skill, {}).items():
            scores[slug] += counts
    best = max(scores.values(), default=0.0)
    close = [slug for slug, score in scores.items() if best - score < LEAD]
    if len(close) > 1:
        # Where duties leave it open, the title that the employer chose decides.
        most = max(titled[slug] for slug in close)
        close = [slug for slug in close if titled[slug] == most > 0]
    if len(close) != 1 or scores[close[0]] < (LEAST_WITH_TITLE if titled[close[0]] else LEAST):
        called = next((job.slug for job in known.jobs if job.called and job.called.search(title)), "")
        # Its duties say little, or speak for several: what it is called stands, unless they speak against it.
        if not called or best - scores[called] >= LEAD:
            return Verdict()
        return Verdict(called, _few(words[called]))
    return Verdict(close[0], _few(words[close[0]]))


def _by_cues(known: Rules, title: str, text: str) -> tuple[dict[str, float], dict[str, float], dict[str, list[str]]]:
    """How much a title alone, and title and text together, speak for each job, and the words that do."""
    titled: dict[str, float] = defaultdict(float)
    scores: dict[str, float] = defaultdict(float)
    words: dict[str, list[str]] = defaultdict(list)
    for job in known.jobs:
        for cues, said in ((job.text, text), (job.title, title)):
            for cue in cues:
                if found := cue.pattern.search(said):
                    scores[job.slug] += cue.counts
                    titled[job.slug] += cue.counts if said is title else 0.0
                    words[job.slug].append(found[0])
    return titled, scores, words


def _few(words: Iterable[str]) -> list[str]:
    """The first of some words, each once."""
    return list(dict.fromkeys(" ".join(word.lower().split()) for word in words))[:WORDS_SHOWN]
