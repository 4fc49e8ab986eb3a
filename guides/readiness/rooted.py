"""A sentence as the roots of its words, in which duties are looked for."""

from bisect import bisect_right

from .occasions import Sentence
from .word_index import NEGATIONS
from .words import WORD, Token, root

ARTICLES = frozenset("the a an this that our your their its his her my each every online".split())


class Rooted:
    """A sentence as a line of roots, with the way back to its words."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.words = [
            Token(word[0], word[0].casefold(), "", word.start(), word.end())
            for word in WORD.finditer(text, sentence.start, sentence.end)
        ]
        self.starts, pieces, length = [], [" "], 1
        for word in self.words:
            self.starts.append(length)
            pieces.append(root(word.low))
            length += len(pieces[-1]) + 1
        self.line = pieces[0] + " ".join(pieces[1:]) + " "

    def place(self, position: int) -> int:
        """The number of the word at a position of the line."""
        return bisect_right(self.starts, position) - 1

    def is_noun(self, place: int) -> bool:
        """Whether a word that may be a verb is none: 'the catalog for lost items'."""
        before, word = self.words[max(0, place - 1) : place], self.words[place].low
        return any(each.low in ARTICLES for each in before) and not word.endswith(("ing", "ed"))

    def is_denied(self, place: int) -> bool:
        """Whether a 'no' or 'not' stands shortly before a word ('not only' is none)."""
        before = {word.low for word in self.words[max(0, place - 5) : place]}
        return bool(NEGATIONS & before) and "only" not in before
