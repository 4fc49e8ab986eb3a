"""Finding a guide's skills in a text: by their names, and by duties that show them; always with the sentence.

A name matches where all its words stand in the text one after the other, in any form; a slip of the pen counts only
where what stands there is no word of the language. Names that are everyday words (Word, Excel, ILL) are taken as
written; those too common to say anything alone, and duties, follow the rules of evidence.toml. What is found is an
offer to the person, who accepts it or not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from guides.models import Skill

from . import duties, products
from .occasions import Occasion, Sentence, of_sentences
from .rooted import Phrase, Rooted
from .word_index import WordIndex
from .words import JOINED, WORD, Token, plain, tokens

LONGEST_TEXT = 40_000  # characters; some fifteen pages
LONGEST_SENTENCE = 240  # characters shown of one
EVIDENCE_SHOWN = 3

# What parts the items of a list of skills, and what may stand around a skill in one.
ITEMS = re.compile(r"[,;:|/\t\n\u00b7\u2022\u25cf]|\band\b|&|\s[-\u2013\u2014]\s")
WORDS_OF_AN_ITEM = 3
ITEMS_OF_A_LIST = 10  # so many are no sentence
ADJECTIVES = frozenset("advanced certified detailed experienced integrated organized shared skilled".split())
FILLERS = frozenset("a an and good strong great excellent very highly proven solid calm skills skill with in".split())
# 'Prepared new books for circulation' says what somebody else does next.
MADE_READY = re.compile(r"(?<!responsible )(?<!accountable )(?<!answered )(?<!answerable )\bfor\s+$", re.IGNORECASE)
ABOUT_ONESELF = re.compile(
    r"\W*(?:i am|i'm|known (?:as|for)|strong|excellent|good|great|very|highly|proven|exceptional|solid)\b",
    re.IGNORECASE,
)

# 'Seeking a position where I can learn cataloging' says what somebody cannot do yet, and a hobby is no work.
WISHED = re.compile(
    r"^\W*(?:i am |i'm |i’m |currently |now )?(?:seeking|looking (?:for|to)|hoping to|aspiring)\b"
    r"|\bi(?:'d|’d)? (?:want|hope|wish|like|love|would like|would love|plan|intend) to\b"
    r"|\b(?:eager|keen|ready|excited|hoping|want|wanting|wish|hope|like|love|can) to learn\b|\bcan learn\b"
    r"|\b(?:as a|my) hobby\b|\bhobby\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SkillPlace:
    """A place in the text that shows a skill, and whether that is enough to take it for granted."""

    start: int
    end: int
    is_strong: bool
    sentence: Sentence


@dataclass(frozen=True)
class Match:
    """A skill found in the text: each place as (before, found, after) in its sentence, and what it is worth."""

    skill: Skill
    evidence: tuple[tuple[str, str, str], ...]
    is_strong: bool
    occasion: Occasion


def names_of(skill: Skill) -> list[str]:
    """The names to look for: the skill's own, what stands in its brackets, and its other names."""
    own = re.sub(r"\s*\([^)]*\)", "", skill.name)
    return [own, *re.findall(r"\(([^)]*)\)", skill.name), *skill.other_names()]


@lru_cache(maxsize=4096)
def phrases(name: str) -> set[tuple[Token, ...]]:
    """A name as sequences of Tokens: word by word, and with its hyphenated words as one."""
    return {tuple(tokens(name)), tuple(tokens(name, JOINED))} - {()}


def find(text: str, skills: Iterable[Skill]) -> list[Match]:
    """Return a Match for each skill that `text` shows, in the order of `skills`."""
    text = plain(text[:LONGEST_TEXT])[:LONGEST_TEXT]
    search = Search(text)
    by_duty = search.duties()
    result = []
    for skill in skills:
        if places := without_overlaps([*search.names(skill), *by_duty.get(skill.slug, ())]):
            best = sorted(places, key=lambda each: (not each.is_strong, each.sentence.occasion is not Occasion.WORK))
            shown = sorted(best[:EVIDENCE_SHOWN], key=lambda each: each.start)
            evidence = tuple(in_sentence(text, each) for each in shown)
            result.append(Match(skill, evidence, best[0].is_strong, best[0].sentence.occasion))
    return result


def without_overlaps(places: Iterable[SkillPlace]) -> list[SkillPlace]:
    """Keep of places that overlap the one that starts first, and of these the longest."""
    kept: list[SkillPlace] = []
    for each in sorted(places, key=lambda each: (each.start, -each.end, not each.is_strong)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def in_sentence(text: str, place: SkillPlace) -> tuple[str, str, str]:
    """What was found, between what stands before and after it in its sentence."""
    room = LONGEST_SENTENCE // 2
    before = text[max(place.sentence.start, place.start - room) : place.start].lstrip(" -*\u2022\t\r\n")
    after = text[place.end : min(max(place.sentence.end, place.end), place.end + room)].rstrip()
    first, last = " ".join(before.split()), " ".join(after.split())
    return (
        first + " " * (before[-1:].isspace() and bool(first)),
        " ".join(text[place.start : place.end].split()),
        " " * (after[:1].isspace() and bool(last)) + last,
    )


class Search:
    """A text made ready for every skill: its words in two indexes, its sentences, and their roots."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.indexes = [WordIndex(text, WORD), WordIndex(text, JOINED)]
        self.sentences = of_sentences(text)
        self.rules = duties.rules()
        self.entries: dict[str, bool] = {}
        self.rooted = [Rooted(text, sentence) for sentence in self.sentences]
        self.wishes = [bool(WISHED.search(text[each.start : each.end])) for each in self.sentences]
        self.places = [self.phrases(rooted) for rooted in self.rooted]
        self.of_libraries = [not self.rules.library.isdisjoint(places) for places in self.places]
        self.speaks_of_libraries = any(self.of_libraries)

    def phrases(self, rooted: Rooted) -> dict[Phrase, list[tuple[int, int]]]:
        """Where the phrases of the evidence stand in a sentence; products only where they are no other thing's name."""
        found = rooted.places(self.rules.book)
        for name in self.rules.products & found.keys():
            found[name] = [
                place for place in found[name] if self.is_product(rooted.word(place[0]), rooted.word(place[1] - 1))
            ]
        return {phrase: places for phrase, places in found.items() if places}

    def is_product(self, first: Token, last: Token) -> bool:
        """Whether a product's name stands here as one: with its capital, and not in another name."""
        return first.text[0].isupper() and not products.is_other_name(self.text, first.start, last.end)

    def sentence_at(self, start: int) -> int:
        """The number of the sentence in which a place of the text is."""
        return max(bisect_right(self.sentences, start, key=lambda sentence: sentence.start) - 1, 0)

    def names(self, skill: Skill) -> Iterator[SkillPlace]:
        """Where one of a skill's names stands, and says enough."""
        for name in names_of(skill):
            spans = {span for index in self.indexes for phrase in phrases(name) for span in index.spans(phrase)}
            for start, end, is_exact in spans:
                if duties.is_product(name) and products.is_other_name(self.text, start, end):
                    continue
                number = self.sentence_at(start)
                strength = self.strength(name, number, start, end)
                if strength is not None:
                    yield SkillPlace(start, end, strength and is_exact, self.sentences[number])

    def strength(self, name: str, number: int, start: int, end: int) -> bool | None:
        """Whether a name in a sentence is strong evidence; None where it is none."""
        if self.wishes[number]:
            return None
        if duties.is_everyday(name):
            return False if self.is_listed(number, start, end) else None
        if duties.is_of_libraries(name):
            if MADE_READY.search(self.text, max(start - 20, 0), start):
                return None
            if self.is_in_a_library(number):
                return True
            return False if self.speaks_of_libraries and self.is_listed(number, start, end) else None
        return True

    def duties(self) -> dict[str, list[SkillPlace]]:
        """Where duties with their objects, and phrases that say enough, show skills: by the skills' slugs."""
        result: dict[str, list[SkillPlace]] = {}
        for number, (rooted, places) in enumerate(zip(self.rooted, self.places, strict=True)):
            if self.wishes[number]:
                continue
            for row in {row for phrase in places for row in self.rules.rows.get(phrase, ())}:
                if row.in_a_library and not self.is_in_a_library(number):
                    continue
                for start, end in row.spans(rooted, places, self.rules.nouns):
                    if not rooted.is_denied(start):
                        first, last = rooted.word(start), rooted.word(end - 1)
                        place = SkillPlace(first.start, last.end, not row.is_weak, self.sentences[number])
                        result.setdefault(row.skill, []).append(place)
        return result

    def is_in_a_library(self, number: int) -> bool:
        """Whether a sentence, or the line that heads its entry, speaks of a library."""
        return self.of_libraries[number] or self.speaks_of_library(self.sentences[number].entry)

    def speaks_of_library(self, line: str) -> bool:
        """Whether a line that heads an entry speaks of a library."""
        if line not in self.entries:
            rooted = Rooted(line, Sentence(0, len(line), Occasion.UNSAID, ""))
            self.entries[line] = not self.rules.library.isdisjoint(rooted.places(self.rules.book))
        return self.entries[line]

    def is_listed(self, number: int, start: int, end: int) -> bool:
        """Whether what was found is an item of a list of skills, or said of oneself."""
        sentence = self.sentences[number]
        whole = self.text[sentence.start : sentence.end]
        if ABOUT_ONESELF.match(whole):
            return True
        name = {word.low for word in tokens(self.text[start:end])}
        items = [[word.low for word in tokens(item)] for item in ITEMS.split(whole)]
        # A sentence may end in a list, but does not begin with one, nor has it many items.
        long = [len(item) > WORDS_OF_AN_ITEM for item in items]
        if len(items) < ITEMS_OF_A_LIST and (long[0] or 4 * sum(long) > len(long)):
            return False
        first = items[0][0] if items[0] else ""
        is_verb = first.endswith("ed") and len(items[0]) > 1 and first not in name | ADJECTIVES
        if len(items) < ITEMS_OF_A_LIST and is_verb:
            return False  # 'Shelved fiction, picture books and DVDs' says what was done.
        left = [set(item) - name - FILLERS for item in items if name & set(item)]
        return any(not words for words in left)
