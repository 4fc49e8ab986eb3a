"""Text to words, words to stems: the same for what is indexed and what is typed."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST = 40
WORD = re.compile(r"[^\W\d_]+|\d+")
# Accents and other marks, once a letter and its mark are two: NFKD leaves those of these scripts alone.
COMBINING = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
POSSESSIVE = re.compile(r"['’]s\b")
# The field of that name, and not the word that says nothing: 'it guy', 'IT support'.
IT = re.compile(
    r"\bit (?=(?:guy|girl|person|support|tech|technicians?|technology|specialists?|analysts?|managers?|directors?|"
    r"admin|administrators?|consultants?|engineers?|jobs?|careers?|field|degree|department|assistants?)\b)"
)
# Words that say nothing about what is asked for.
STOP_WORDS = frozenset(
    """a about am an and any are as at be been but by can could did do does for from had has have how i if in
    into is it its just like many me much my no not of on or our shall should so some than that the their them
    then there these they this to too up us use used uses using was we were what when where which who whom whose
    why will with would you your""".split()
)
# Words that the stemmer would cut to the stem of other ones: animals are no animators.
KEPT = {"animal": "animal", "animals": "animal"}
_local = threading.local()


def fold(text: str) -> str:
    """Return `text` in small letters without accents."""
    if text.isascii():
        return text.lower()
    return COMBINING.sub("", unicodedata.normalize("NFKD", text)).casefold()


def every_word(text: str) -> list[str]:
    """Return the words of `text`, folded: 'The MARC21 record's leader' is the marc 21 record leader."""
    folded = IT.sub("information technology ", fold(POSSESSIVE.sub("", text)))
    return [word for word in WORD.findall(folded) if len(word) <= LONGEST]


def words(text: str) -> list[str]:
    """Return the words of `text`, folded, without stop words."""
    return [word for word in every_word(text) if word not in STOP_WORDS]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a folded word: 'cataloging' and 'catalogs' both give 'catalog'."""
    if word in KEPT:
        return KEPT[word]
    # A stemmer holds the word it works on, so each thread has its own.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("english")
    return str(_local.stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in their order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=50_000)
def phrase(text: str) -> tuple[str, ...]:
    """Return the stems of a name or a synonym, a few words, as a tuple."""
    return tuple(stems(text))
