"""Finding a guide's skills in a resume: whole words, other forms of a word, small typos; always with the evidence.

A name matches where all its words stand in the text one after the other. What is found is an offer to the
person, who accepts it or not; so a name that is an everyday word too (Word, Excel, ILL) is taken strictly.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

LONGEST_TEXT = 40_000  # characters; some fifteen pages
EVIDENCE_SHOWN = 3
WORDS_AROUND = 5

WORD = re.compile(r"[^\W\d_]+|\d+")
# The same with hyphenated words as one: inter-library is interlibrary.
JOINED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*|\d+")
HYPHENS = re.compile(r"[-\u2010\u2011]")
LINE_END = re.compile(r"[\n\r\u2022\u25cf]")
SENTENCE_END = re.compile(r"[.!?;:\n\r\t|\u2022\u25cf]")
PARTS_WORDS = re.compile(r"[,;:.!?()|\u2022\u25cf]|\n\s*[\n*-]")
ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")

# Names of products, and short forms, that are everyday words as well: only as they are written, with a capital,
# and not where a sentence may have given them that capital.
EVERYDAY = frozenset(
    """access aleph alma base connexion destiny evergreen excel folio horizon ill libby millennium outlook polaris
    sierra symphony teams voyager word""".split()
)
# Everyday words that are a typo, or an ending, away from a skill's words.
NO_TYPOS = frozenset(
    "through though thought planing creation creations inventor inventors welding wedding feeding".split()
)
NEGATIONS = frozenset("no not never without lack lacking lacks cannot".split())


@dataclass(frozen=True)
class Token:
    """A word: as it stands, in lower case, its stem, and where it is in the text."""

    text: str
    low: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """A skill found in the text: the words around each place, as (before, found, after)."""

    skill: object
    evidence: tuple


def stem(word):
    """Return a word without the commonest endings, so that cataloged, cataloging and catalogs are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    # A doubled last letter goes with the ending: labelling and labeling, tagged and tag.
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] != "s" else word


def tokens(text, pattern=WORD):
    """The words of `text`; letters and digits part, so that MARC21 and MARC 21 are the same."""
    result = []
    for word in pattern.finditer(text):
        low = HYPHENS.sub("", word[0]).casefold()
        result.append(Token(word[0], low, stem(low), word.start(), word.end()))
    return result


def names_of(skill):
    """The names to look for: the skill's own, what stands in its brackets, and its other names."""
    own = re.sub(r"\s*\([^)]*\)", "", skill.name)
    return [own, *re.findall(r"\(([^)]*)\)", skill.name), *skill.other_names()]


@lru_cache(maxsize=4096)
def phrases(name):
    """A name as sequences of Tokens: word by word, and with its hyphenated words as one."""
    return {tuple(tokens(name)), tuple(tokens(name, JOINED))} - {()}


def find(text, skills):
    """Return a Match for each skill of which a name stands in `text`, in the order of `skills`."""
    text = text[:LONGEST_TEXT]
    readings = [Reading(text, WORD), Reading(text, JOINED)]
    result = []
    for skill in skills:
        wanted = {phrase for name in names_of(skill) for phrase in phrases(name)}
        spans = {span for reading in readings for phrase in wanted for span in reading.spans(phrase)}
        if spans:
            kept = without_overlaps(spans)[:EVIDENCE_SHOWN]
            result.append(Match(skill, tuple(evidence(text, *span) for span in kept)))
    return result


def without_overlaps(spans):
    """Keep of spans that overlap the one that starts first, and of these the longest."""
    kept = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def evidence(text, start, end):
    """What stands from `start` to `end`, with a few words of the same line before and after it."""
    before = LINE_END.split(text[max(0, start - 200) : start])[-1].lstrip(" -*\t")
    after = LINE_END.split(text[end : end + 200])[0].rstrip()
    first = " ".join(before.split()[-WORDS_AROUND:])
    last = " ".join(after.split()[:WORDS_AROUND])
    return (
        first + " " * (before[-1:].isspace() and bool(first)),
        " ".join(text[start:end].split()),
        " " * (after[:1].isspace() and bool(last)) + last,
    )


class Reading:
    """A text as words, by their stems, with the typos that were looked up so far."""

    def __init__(self, text, pattern):
        self.text, self.words, self.places, self.near = text, tokens(text, pattern), {}, {}
        for place, word in enumerate(self.words):
            self.places.setdefault(word.stem, []).append(place)
        self.long_words = sorted({word.low for word in self.words if len(word.low) >= 6} - NO_TYPOS)

    def spans(self, phrase):
        """Where `phrase`, a tuple of Tokens, stands in the text: (start, end) each time."""
        first = phrase[0]
        for near in {first.stem, f"{first.low}s", *self.typos_of(first)}:
            for start in self.places.get(near, ()):
                if self.stands_at(phrase, start) and not self.is_denied(start):
                    yield self.words[start].start, self.words[start + len(phrase) - 1].end

    def stands_at(self, phrase, start):
        """Whether the words from `start` on are those of `phrase`."""
        words = self.words[start : start + len(phrase)]
        if len(words) < len(phrase) or not all(map(self.is_same, words, phrase)):
            return False
        if len(phrase) == 1:
            return self.is_as_written(phrase[0], words[0])
        return not PARTS_WORDS.search(self.text[words[0].end : words[-1].start])

    def is_same(self, word, wanted):
        """Whether a word of the text is the wanted one, in some form or with a small typo."""
        if word.low in NO_TYPOS:
            return word.low == wanted.low
        if len(wanted.low) < 4 or wanted.low in EVERYDAY:
            return word.low == wanted.low or (len(wanted.low) > 2 and word.low == f"{wanted.low}s")
        return word.stem == wanted.stem or word.stem in self.typos_of(wanted)

    def typos_of(self, wanted):
        """The stems of the text's words that are `wanted` with a slip: one letter, two in a long word."""
        low = wanted.low
        if len(low) < 7 or low in EVERYDAY:
            return ()
        if low not in self.near:
            most = 1 if len(low) < 10 else 2
            self.near[low] = {
                stem(word)
                for word in self.long_words
                if word[0] == low[0] and OSA.distance(word, low, score_cutoff=most) <= most
            }
        return self.near[low]

    def is_as_written(self, wanted, word):
        """Whether short forms, and names that are everyday words, have their capitals."""
        capitals = word.text.removesuffix("s").isupper()
        if wanted.text.isupper() and len(wanted.text) <= 4:
            return capitals
        if wanted.low in EVERYDAY:
            return word.text[0].isupper() and self.is_a_name(word)
        return True

    def is_a_name(self, word):
        """Whether a capital is a name's: inside a sentence or in a list, and not of somebody's something."""
        before = self.text[max(0, word.start - 20) : word.start].rstrip(" \"'\u201c(")[-1:]
        after = self.text[word.end : word.end + 2]
        if after in {"'s", "\u2019s"}:
            return False
        opens = before in {"", ".", "!", "?", "\n", "\u2022", "*", "-", "\u2013"}
        return not opens or after[:1] in {",", "/", ";", ")", "\n", "\r", ""}

    def is_denied(self, start):
        """Whether a 'no' or 'not' stands shortly before, in the same sentence ('not only' is none)."""
        words = self.words[max(0, start - 5) : start]
        if not words:
            return False
        sentence = SENTENCE_END.split(self.text[words[0].start : self.words[start].start])[-1]
        said = WORD.findall(sentence.casefold())
        return bool(NEGATIONS.intersection(said)) and "only" not in said
