"""What is a word of English or of another language: such a word is not mistyped, and is not bent into another.

The lists are pyspellchecker's. Each is read when it is first needed, and kept as one string: a set of a million words
would take fifty times the room.
"""

import gzip
import re
import threading
from functools import cache, lru_cache
from importlib.resources import files

from .words import fold

# How often a word stands in its list’s corpus at least: rare English words may as well be mistyped.
ANY, TWICE = r"\d", r"\d{3}|[89]\d"
AT_LEAST = {"en": TWICE, "es": ANY, "fr": ANY, "de": ANY, "it": ANY}
OTHER_LANGUAGES = ("es", "fr", "de", "it")
# The small words of other languages that English does not have: one of them says that a question is not English.
SMALL_WORDS = frozenset(
    """como cuanto cuantos gana ganan trabajo trabajar donde quiero puedo necesito para sueldo salario los las una
    unos empleo empleos ser por del hacer estudiar que es cual comment devenir combien gagne metier emploi travail
    travailler salaire une les des pour avec quel quelle est wie wird werden verdient verdienst gehalt ich eine einen
    der das und fur von den el la en de un le du di il lo y beruf arbeit ausbildung stelle stellen was quanto
    guadagna diventare lavoro stipendio che della
    ganha quanto tornar trabalho um uma dos como emprego""".split()
)
_lock = threading.Lock()


@cache
def _words(language: str) -> str:
    """The common words of a language, folded, each between line breaks."""
    packed = files("spellchecker").joinpath(f"resources/{language}.json.gz").read_bytes()
    text = fold(gzip.decompress(packed).decode())
    return "\n".join(["", *re.findall(rf'"([a-z]{{3,24}})": (?:{AT_LEAST[language]})', text), ""])


def _is_in(word: str, language: str) -> bool:
    with _lock:
        return f"\n{word}\n" in _words(language)


@lru_cache(maxsize=5_000)
def is_english(word: str) -> bool:
    """Whether a folded word is a common one of English, or such a word with an ending."""
    return any(_is_in(form, "en") for form in {word, word.removesuffix("s"), word.removesuffix("es")} if len(form) > 2)


@lru_cache(maxsize=5_000)
def is_foreign(word: str) -> bool:
    """Whether a folded word is a common one of another language, or in letters that English does not have."""
    return not word.isascii() or any(_is_in(word, language) for language in OTHER_LANGUAGES)
