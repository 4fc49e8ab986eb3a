"""What can be counted in an answer: never a grade.

static/js/practice-counting.js does the same in the browser, by the same words and step for step, so that what a person
says need not leave it; tests/browser/test_practice.py holds the two together. Every count is a list of short texts.
"""

from collections import Counter
from collections.abc import Sequence

from guides.stories import counts as of_stories
from guides.stories.phrases import Lexicon, places, stands
from guides.stories.words import Token, sentences, tokens

from .vocabulary import PARTS, CautionWords, Vocabulary

Counts = dict[str, list[str]]

MOST_SHOWN, OFTEN, SHARED_WORDS = 8, 3, 3


def count(answer: str, vocabulary: Vocabulary, weak: str) -> Counts:
    """Return what is counted in `answer`, by name; `weak` is the guide's weak example of an answer to the question."""
    parts = sentences(answer)
    words = [token for part in parts for token in part]
    lexicon = lexicon_of(vocabulary)
    plain = of_stories.of_sentences(parts)
    minutes, seconds = plain.speaking_time
    harmful = [caution for caution in vocabulary["cautions"] if caution["harms"]]
    # What harms somebody shows no skill, nor do fillers: "sort of" is no sorting.
    meant = [
        _without_fillers(part, vocabulary)
        for part in parts
        if not any(_is_called(part, caution, lexicon) for caution in harmful)
    ]
    counts = {
        "words": [str(plain.words)],
        "aloud": [f"{minutes}:{seconds:02}"],
        "skills": _skills(meant, vocabulary, lexicon),
        "duties": _duties(meant, vocabulary),
    }
    counts |= {name: _cue(parts, vocabulary["parts"][name], vocabulary["ages"], lexicon) for name in PARTS}
    counts["numbers"] = plain.numbers[:MOST_SHOWN]
    counts["voices"] = [f"I \u00d7 {plain.first_person}", f"we \u00d7 {plain.plural}"]
    counts["fillers"] = _fillers(parts, vocabulary)
    counts["favorites"] = _favorites(words, vocabulary["common"])
    low, weak_low = ([token.low for token in each] for each in (words, tokens(weak)))
    counts["weak"] = _shared(low, weak_low, vocabulary["common"])
    counts["cautions"] = [
        caution["slug"]
        for caution in vocabulary["cautions"]
        if any(_is_called(part, caution, lexicon) for part in parts)
    ]
    return counts


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """What the phrases of a vocabulary are found by."""
    classes = {name: frozenset(words) for name, words in vocabulary["classes"].items()}
    return Lexicon(classes, vocabulary["numbers"], frozenset(vocabulary["past"]), frozenset(vocabulary["states"]))


def _is_called(part: Sequence[Token], caution: CautionWords, lexicon: Lexicon) -> bool:
    """Whether a sentence calls for a caution."""
    has_all = all(stands(part, phrases, lexicon) for phrases in caution["all"])
    return has_all and not stands(part, caution["unless"], lexicon)


def _skills(parts: Sequence[Sequence[Token]], vocabulary: Vocabulary, lexicon: Lexicon) -> list[str]:
    """The skills that a sentence names; everyday words, such as Word and Excel, only as they are written."""
    said = {token.text for part in parts for token in part}
    return [
        skill["name"]
        for skill in vocabulary["skills"]
        if any(stands(part, skill["phrases"], lexicon) for part in parts) or not said.isdisjoint(skill["exact"])
    ]


def _duties(parts: Sequence[Sequence[Token]], vocabulary: Vocabulary) -> list[str]:
    """The duties of which a sentence has enough words."""
    stems = [{token.stem for token in part} for part in parts]
    return [
        duty["name"]
        for duty in vocabulary["duties"]
        if any(sum(word in part for word in duty["words"]) >= duty["enough"] for part in stems)
    ]


def _cue(parts: Sequence[Sequence[Token]], cues: Sequence[str], ages: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The first words that sound like one part of a story, as they were written; none where nothing does.

    That somebody turned sixty is no part of it.
    """
    for part in parts:
        left_out = {place.start for phrase in ages for place in places(part, phrase, lexicon)}
        # Of those that begin at one place the longest.
        found = sorted(
            (place.start, -place.end)
            for cue in cues
            for place in places(part, cue, lexicon)
            if place.start not in left_out
        )
        if found:
            start, end = found[0]
            return [" ".join(token.text for token in part[start:-end])]
    return []


def _filler_places(part: Sequence[Token], filler: str, kinds: Sequence[str]) -> list[int]:
    """Where a filler begins in a sentence; "what kind of books" has none."""
    wanted, low = filler.split(), [token.low for token in part]
    found = [start for start in range(len(low)) if low[start : start + len(wanted)] == wanted]
    if wanted[-1] == "of":
        found = [start for start in found if start == 0 or low[start - 1] not in kinds]
    return found


def _without_fillers(part: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """The words of a sentence without fillers of several words."""
    left_out = {
        number
        for filler in vocabulary["fillers"]
        if " " in filler
        for start in _filler_places(part, filler, vocabulary["kinds"])
        for number in range(start, start + len(filler.split()))
    }
    return [token for number, token in enumerate(part) if number not in left_out]


def _fillers(parts: Sequence[Sequence[Token]], vocabulary: Vocabulary) -> list[str]:
    counts = []
    for filler in vocabulary["fillers"]:
        number = sum(len(_filler_places(part, filler, vocabulary["kinds"])) for part in parts)
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
