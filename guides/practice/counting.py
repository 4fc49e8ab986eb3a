"""What can be counted in an answer: never a grade.

static/js/practice-counting.js does the same in the browser, by the same words and step for step, so that what a person
says need not leave it; tests/browser/test_practice.py holds the two together. Every count is a list of short texts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from .vocabulary import PARTS, Vocabulary
from .words import Token, sentences, stem, tokens

Counts = dict[str, list[str]]

MOST_SHOWN, OFTEN, SHARED_WORDS = 8, 3, 3


def is_number(token: Token) -> bool:
    """Whether a word is written in digits."""
    return "0" <= token.low[0] <= "9"


def places(words: Sequence[Token], phrase: str, past: frozenset[str]) -> Iterator[int]:
    """Where a phrase begins among `words`, in any form of its words (words.toml says what its signs stand for)."""
    wanted = [part if part in {"~", "#", "+ed"} else stem(part) for part in phrase.split()]
    for start in range(len(words) - len(wanted) + 1):
        if all(_is_like(words[start + number], part, past) for number, part in enumerate(wanted)):
            yield start


def _is_like(token: Token, wanted: str, past: frozenset[str]) -> bool:
    if wanted == "#":
        return is_number(token)
    if wanted == "+ed":
        return token.low in past or (len(token.low) > 3 and token.low.endswith("ed"))
    return wanted in {"~", token.stem}


def count(answer: str, vocabulary: Vocabulary, weak: str) -> Counts:
    """Return what is counted in `answer`, by name; `weak` is the guide's weak example of an answer to the question."""
    parts = sentences(answer)
    words = [token for part in parts for token in part]
    past = frozenset(vocabulary["past"])
    seconds = (len(words) * 60 + vocabulary["rate"] // 2) // vocabulary["rate"]
    counts = {
        "words": [str(len(words))],
        "aloud": [f"{seconds // 60}:{seconds % 60:02}"],
        "skills": _skills(parts, vocabulary),
        "duties": _duties(parts, vocabulary),
    }
    counts |= {name: _cue(parts, vocabulary["parts"][name], past) for name in PARTS}
    numbers = [token.low for token in words if is_number(token) or token.low in vocabulary["numbers"]]
    counts["numbers"] = list(dict.fromkeys(numbers))[:MOST_SHOWN]
    counts["voices"] = [
        f"{name} \u00d7 {sum(token.low in own for token in words)}"
        for name, own in (("I", vocabulary["i"]), ("we", vocabulary["we"]))
    ]
    counts["fillers"] = _fillers(parts, vocabulary["fillers"])
    counts["favorites"] = _favorites(words, vocabulary["common"])
    low, weak_low = ([token.low for token in each] for each in (words, tokens(weak)))
    counts["weak"] = _shared(low, weak_low, vocabulary["common"])
    counts["cautions"] = [
        caution["slug"]
        for caution in vocabulary["cautions"]
        if any(
            all(_has(part, phrases, past) for phrases in caution["all"]) and not _has(part, caution["unless"], past)
            for part in parts
        )
    ]
    return counts


def _has(words: Sequence[Token], phrases: Sequence[str], past: frozenset[str]) -> bool:
    return any(True for phrase in phrases for _place in places(words, phrase, past))


def _skills(parts: Sequence[Sequence[Token]], vocabulary: Vocabulary) -> list[str]:
    """The skills that a sentence names; everyday words, such as Word and Excel, only as they are written."""
    said = {token.text for part in parts for token in part}
    return [
        skill["name"]
        for skill in vocabulary["skills"]
        if any(_has(part, skill["phrases"], frozenset()) for part in parts) or not said.isdisjoint(skill["exact"])
    ]


def _duties(parts: Sequence[Sequence[Token]], vocabulary: Vocabulary) -> list[str]:
    """The duties of which a sentence has enough words."""
    stems = [{token.stem for token in part} for part in parts]
    return [
        duty["name"]
        for duty in vocabulary["duties"]
        if any(sum(word in part for word in duty["words"]) >= duty["enough"] for part in stems)
    ]


def _cue(parts: Sequence[Sequence[Token]], cues: Sequence[str], past: frozenset[str]) -> list[str]:
    """The first words that sound like one part of a story, as they were written; none where nothing does."""
    for part in parts:
        # Of those that begin at one place the longest.
        found = sorted((start, -len(cue.split())) for cue in cues for start in places(part, cue, past))
        if found:
            start, length = found[0]
            return [" ".join(token.text for token in part[start : start - length])]
    return []


def _fillers(parts: Sequence[Sequence[Token]], fillers: Sequence[str]) -> list[str]:
    counts = []
    for filler in fillers:
        wanted = filler.split()
        number = 0
        for part in parts:
            low = [token.low for token in part]
            number += sum(low[start : start + len(wanted)] == wanted for start in range(len(low)))
        if number:
            counts.append(f"{filler} \u00d7 {number}")
    return counts


def _favorites(words: Sequence[Token], common: Sequence[str]) -> list[str]:
    """The words that come again and again, most often first, then as they first came."""
    numbers = Counter(token.low for token in words if len(token.low) > 3 and token.low not in common)
    often = [(word, number) for word, number in numbers.items() if number >= OFTEN]
    return [f"{word} \u00d7 {number}" for word, number in sorted(often, key=lambda each: -each[1])[:3]]


def _shared(answer: Sequence[str], weak: Sequence[str], common: Sequence[str]) -> list[str]:
    """The longest runs of words that stand in both, of three words or more that say something."""
    phrases: list[str] = []
    start = 0
    while start < len(answer):
        length = max((_run(answer, start, weak, other) for other in range(len(weak))), default=0)
        run = answer[start : start + length]
        if length >= SHARED_WORDS and any(word not in common for word in run):
            phrases.append(" ".join(run))
        start += max(1, length if length >= SHARED_WORDS else 1)
    return list(dict.fromkeys(phrases))


def _run(one: Sequence[str], start: int, other: Sequence[str], place: int) -> int:
    length = 0
    while start + length < len(one) and place + length < len(other) and one[start + length] == other[place + length]:
        length += 1
    return length
