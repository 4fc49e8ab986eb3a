"""What shows a skill without naming it, and the names too common to show anything alone.

evidence.toml beside this module holds what is true of every skill, the folder `evidence` a file for each skill. A row
of these is a duty, what was done to what (`do`, `to`), or what shows the skill wherever it is said (`say`). They are
rules for every text, not for single cases.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .rooted import Book, Phrase, Rooted
from .words import root, says_something, tokens

FILE = Path(__file__).parent / "evidence.toml"
FOLDER = Path(__file__).parent / "evidence"
WORDS_BETWEEN = 4  # between a verb and its object, where a row does not say `within`
KEYS = frozenset(["do", "to", "say", "within", "beside", "unless", "in_a_library", "weak"])

Phrases = frozenset[Phrase]
Places = Mapping[Phrase, list[tuple[int, int]]]


@dataclass(frozen=True, eq=False)
class Row:
    """What shows a skill: verbs with their objects, or phrases alone; and what must, or must not, stand beside them."""

    skill: str
    verbs: Phrases
    objects: Phrases
    within: int
    beside: Phrases
    unless: Phrases
    in_a_library: bool
    is_weak: bool

    def spans(self, sentence: Rooted, places: Places, nouns: Collection[str] = ()) -> Iterator[tuple[int, int]]:
        """Where a sentence shows the skill, from root to root; `places` is where its phrases stand.

        `nouns`: the roots of verbs that are nouns as well."""
        said = places.keys()
        if not self.unless.isdisjoint(said) or (self.beside and self.beside.isdisjoint(said)):
            return
        objects = [place for phrase in self.objects & said for place in places[phrase]]
        if not self.verbs:
            yield from objects
            return
        for start, end in (place for phrase in self.verbs & said for place in places[phrase]):
            if not sentence.is_noun(start, nouns):
                yield from ((start, last) for first, last in objects if 0 <= first - end <= self.within)


@dataclass(frozen=True)
class Rules:
    """All the evidence: rows by what they begin with, every phrase by its first root, and names with conditions."""

    rows: dict[Phrase, list[Row]]
    book: Book
    library: Phrases
    in_a_library: Phrases
    everyday: Phrases
    products: Phrases
    nouns: frozenset[str]


def phrase(text: str) -> Phrase:
    """The words of a phrase, without those that say nothing and without numbers.

    Raises ValueError for one of which hardly anything is left: 'office 365' would be found in every office."""
    words = tokens(text)
    left = tuple(word.low for word in words if says_something(word, text))
    if not left or len(left) == 1 < len(words):
        raise ValueError(f"{text!r}: numbers, articles and 'my', 'that' are not seen; without them too little is left")
    return left


def roots(phrase: Phrase) -> Phrase:
    """The roots of a phrase's words."""
    return tuple(map(root, phrase))


def listed(text: str, classes: Mapping[str, Phrases]) -> Phrases:
    """The phrases of a list with commas; @name stands for all those of a class."""
    result: set[Phrase] = set()
    for part in filter(None, map(str.strip, text.split(","))):
        result |= classes[part[1:]] if part.startswith("@") else {phrase(part)}
    return frozenset(result)


def row(skill: str, content: Mapping[str, Any], classes: Mapping[str, Phrases]) -> Row:
    """A row of a skill's file; raises ValueError for one that says too little or has a key that is none."""
    if not content.keys() <= KEYS or ("say" in content) == ("do" in content) or ("do" in content) != ("to" in content):
        raise ValueError(f"evidence of {skill}: {dict(content)} needs `do` and `to`, or `say`, and only {sorted(KEYS)}")
    do, to, beside, unless = (listed(content.get(key, ""), classes) for key in ("do", "to", "beside", "unless"))
    return Row(
        skill,
        do,
        to or listed(content["say"], classes),
        content.get("within", WORDS_BETWEEN),
        beside,
        unless,
        content.get("in_a_library", False),
        content.get("weak", False),
    )


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules, read once."""
    shared = tomllib.loads(FILE.read_text(encoding="utf-8"))
    classes: dict[str, Phrases] = {}
    for name, text in shared["classes"].items():
        classes[name] = listed(text, classes)
    rows = [
        row(file.stem, content, classes)
        for file in sorted(FOLDER.glob("*.toml"))
        for content in tomllib.loads(file.read_text(encoding="utf-8"))["shown"]
    ]
    by_phrase: dict[Phrase, list[Row]] = {}
    for each in rows:
        for first in each.verbs or each.objects:
            by_phrase.setdefault(first, []).append(each)
    library, of_libraries, everyday, products, nouns = (
        listed(shared[key], classes) for key in ("library", "in_a_library", "everyday", "products", "nouns_too")
    )
    book: dict[str, set[tuple[Phrase, Phrase]]] = {}
    for one in library.union(*(each.verbs | each.objects | each.beside | each.unless for each in rows)):
        book.setdefault(root(one[0]), set()).add((one, roots(one)))
    return Rules(
        by_phrase,
        book,
        library,
        frozenset(map(roots, of_libraries)),
        frozenset(map(roots, everyday)),
        products,
        frozenset(root(word) for one in nouns for word in one),
    )


def words_of(name: str) -> Phrase:
    """The words of a skill's name."""
    return tuple(word.low for word in tokens(name))


def is_everyday(name: str) -> bool:
    """Whether a skill's name shows nothing alone, in any sentence."""
    return roots(words_of(name)) in rules().everyday


def is_of_libraries(name: str) -> bool:
    """Whether a skill's name means something else outside a library."""
    return roots(words_of(name)) in rules().in_a_library


def is_product(name: str) -> bool:
    """Whether a skill's name is that of a product which is other things' name as well."""
    return words_of(name) in rules().products
