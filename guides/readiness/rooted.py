"""A sentence as the roots of its words, in which the phrases of the evidence are looked for."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from .occasions import Sentence
from .word_index import NEGATIONS, is_form_of
from .words import IRREGULAR, WORD, Token, root, says_something

ARTICLES = frozenset("the a an this that our your their its his her my each every online".split())
# After these a word that may be a verb is a noun: 'in order', 'of record'.
PREPOSITIONS = frozenset("at by for from in of on under with without".split())
# Before a verb that has no ending, or that of the third person: 'and order supplies', 'who orders supplies'.
BEFORE_VERBS = frozenset(
    """and or also then to who which that she he it they we i you will would can could did may must not help helped
    helping let""".split()
)
LIST_SIGN = re.compile(r"[,;:/&(]\s*$")

# The words of a phrase, and phrases by the root of their first word, each with all its roots.
Phrase = tuple[str, ...]
Book = Mapping[str, Collection[tuple[Phrase, tuple[str, ...]]]]


@lru_cache(maxsize=20_000)
def is_same(word: str, wanted: str) -> bool:
    """Whether two words of one root are one: operators, but not operational, for operator. A plural is no singular:
    books are not those of book sales."""
    word, wanted = IRREGULAR.get(word, word), IRREGULAR.get(wanted, wanted)
    if wanted.endswith("s") and not wanted.endswith(("ss", "us", "is")) and not word.endswith("s"):
        return False
    return word == wanted or is_form_of(word, wanted)


class Rooted:
    """A sentence as roots, without the words that say nothing and without numbers, with the way back to its words."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.words = [
            Token(word[0], word[0].casefold(), "", word.start(), word.end())
            for word in WORD.finditer(text, sentence.start, sentence.end)
        ]
        # Where in `words` each of the roots stands.
        self.numbers = [number for number, word in enumerate(self.words) if says_something(word, text)]
        self.roots = [root(self.words[number].low) for number in self.numbers]

    def word(self, place: int) -> Token:
        """The word whose root stands at a place."""
        return self.words[self.numbers[place]]

    def places(self, book: Book) -> dict[Phrase, list[tuple[int, int]]]:
        """Where phrases stand, each from its first word to behind its last, as places of `roots`."""
        found: dict[Phrase, list[tuple[int, int]]] = {}
        for place, first in enumerate(self.roots):
            for phrase, roots in book.get(first, ()):
                end = place + len(roots)
                if (len(roots) == 1 or tuple(self.roots[place:end]) == roots) and self.has(phrase, place):
                    found.setdefault(phrase, []).append((place, end))
        return found

    def has(self, phrase: Phrase, place: int) -> bool:
        """Whether the words from a place on, which have a phrase's roots, are its words in some form."""
        return all(is_same(self.word(place + number).low, wanted) for number, wanted in enumerate(phrase))

    def is_noun(self, place: int, nouns: Collection[str]) -> bool:
        """Whether a word that may be a verb is none: 'the catalog for lost items', 'in order', 'sales orders'.

        `nouns`: the roots of verbs that are nouns as well."""
        number = self.numbers[place]
        word = self.words[number].low
        if word.endswith(("ing", "ed")) or word in IRREGULAR or number == 0:
            return False
        before = self.words[number - 1]
        if before.low in ARTICLES or before.low in PREPOSITIONS:
            return True
        if self.roots[place] not in nouns and (not word.endswith("s") or word.endswith("ss")):
            return False
        between = self.text[before.end : self.words[number].start]
        return not (before.low in BEFORE_VERBS or before.low.endswith("ly") or LIST_SIGN.search(between))

    def is_denied(self, place: int) -> bool:
        """Whether a 'no' or 'not' stands shortly before a word ('not only' is none)."""
        number = self.numbers[place]
        before = {word.low for word in self.words[max(0, number - 5) : number]}
        return bool(NEGATIONS & before) and "only" not in before
