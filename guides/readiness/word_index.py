"""A text as an index of words: where a phrase stands in it, in any form, and with a slip of the pen."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA, Prefix

from .words import WORD, Token, is_word, root, tokens

SENTENCE_END = re.compile(r"[.!?;:\n\r\t|\u2022\u25cf]")
PARTS_WORDS = re.compile(r"[,;:.!?()|\u2022\u25cf]|\n\s*[\n*-]")

# Names of products, and short forms, that are everyday words as well: only as they are written, with a capital,
# and not where a sentence may have given them that capital.
EVERYDAY = frozenset(
    """access aleph alma base connexion destiny evergreen excel folio horizon ill libby millennium outlook polaris
    sierra symphony teams voyager word""".split()
)
NEGATIONS = frozenset("no not never without lack lacking lacks cannot".split())


# What one word has after what its forms have in common; "ue" and the like for catalog and catalogue.
ENDINGS = frozenset(["", *"d e ed eing es ied ies ing ings s ue ued ues uing y ying".split()])


def is_form_of(word: str, wanted: str) -> bool:
    """Whether two words of one root are one: a customer is no custom, and to shelve no shelf."""
    common = word[: Prefix.similarity(word, wanted)]
    # A doubled last letter goes with the ending: labelling and labeling, tagged and tag.
    if not all(each.removeprefix(common).removeprefix(common[-1:]) in ENDINGS for each in (word, wanted)):
        return False
    if wanted.endswith("ing"):
        return word.endswith(("ing", "ings", "ed"))
    return not wanted.endswith("y") or word.endswith(("y", "ies", "ied", "ying"))


class WordIndex:
    """A text as words, by their roots, with the typos that were looked up so far."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self.text, self.words = text, tokens(text, pattern)
        self.places: dict[str, list[int]] = {}
        self.near: dict[str, set[str]] = {}
        for place, word in enumerate(self.words):
            self.places.setdefault(word.root, []).append(place)
        self.long_words = sorted({word.low for word in self.words if len(word.low) >= 6})

    def spans(self, phrase: tuple[Token, ...]) -> Iterator[tuple[int, int, bool]]:
        """Where `phrase` stands in the text: start, end, and whether it is there without a slip, each time."""
        first = phrase[0]
        for near in {first.root, f"{first.low}s", *self.typos_of(first)}:
            for start in self.places.get(near, ()):
                if self.stands_at(phrase, start) and not self.is_denied(start):
                    words = self.words[start : start + len(phrase)]
                    is_exact = all(
                        word.low == wanted.low or word.root == wanted.root
                        for word, wanted in zip(words, phrase, strict=True)
                    )
                    yield words[0].start, words[-1].end, is_exact

    def stands_at(self, phrase: tuple[Token, ...], start: int) -> bool:
        """Whether the words from `start` on are those of `phrase`."""
        words = self.words[start : start + len(phrase)]
        if len(words) < len(phrase) or not all(map(self.is_same, words, phrase)):
            return False
        if len(phrase) == 1:
            return self.is_as_written(phrase[0], words[0])
        return not PARTS_WORDS.search(self.text[words[0].end : words[-1].start])

    def is_same(self, word: Token, wanted: Token) -> bool:
        """Whether a word of the text is the wanted one, in some form or with a small typo."""
        if len(wanted.low) < 4 or wanted.low in EVERYDAY:
            return word.low == wanted.low or (len(wanted.low) > 2 and word.low == f"{wanted.low}s")
        if word.root == wanted.root:
            return is_form_of(word.low, wanted.low)
        return word.root in self.typos_of(wanted)

    def typos_of(self, wanted: Token) -> Iterable[str]:
        """The roots of the text's words that are `wanted` with a slip: one letter, two in a long word."""
        low = wanted.low
        if len(low) < 7 or low in EVERYDAY:
            return ()
        if low not in self.near:
            most = 1 if len(low) < 10 else 2
            self.near[low] = {
                root(word)
                for word in self.long_words
                if word[0] == low[0] and OSA.distance(word, low, score_cutoff=most) <= most and not is_word(word)
            }
        return self.near[low]

    def is_as_written(self, wanted: Token, word: Token) -> bool:
        """Whether short forms, and names that are everyday words, have their capitals."""
        capitals = word.text.removesuffix("s").isupper()
        if wanted.text.isupper() and len(wanted.text) <= 4:
            return capitals
        if wanted.low in EVERYDAY:
            return word.text[0].isupper() and self.is_a_name(word)
        return True

    def is_a_name(self, word: Token) -> bool:
        """Whether a capital is a name's: inside a sentence or in a list, and not of somebody's something."""
        before = self.text[max(0, word.start - 20) : word.start].rstrip(" \"'\u201c(")[-1:]
        after = self.text[word.end : word.end + 2]
        if after in {"'s", "\u2019s"}:
            return False
        opens = before in {"", ".", "!", "?", "\n", "\u2022", "*", "-", "\u2013"}
        return not opens or after[:1] in {",", "/", ";", ")", "\n", "\r", ""}

    def is_denied(self, start: int) -> bool:
        """Whether a 'no' or 'not' stands shortly before, in the same sentence ('not only' is none)."""
        words = self.words[max(0, start - 5) : start]
        if not words:
            return False
        sentence = SENTENCE_END.split(self.text[words[0].start : self.words[start].start])[-1]
        said = WORD.findall(sentence.casefold())
        return bool(NEGATIONS.intersection(said)) and "only" not in said
