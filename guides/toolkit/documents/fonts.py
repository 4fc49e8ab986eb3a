"""Which characters our PDF fonts can draw: read from the fonts' character maps, once."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "fonts"
# White space, and marks that steer the text and draw nothing.
INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}
# Marks of those kinds that a font does draw: numbers and abbreviations in Arabic, Syriac and Kaithi, the space of
# Ogham, annotations, and what joins hieroglyphs.
DRAWN = frozenset(
    map(
        chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x1680, 0xFFF9, 0xFFFA, 0xFFFB, 0x110BD, 0x110CD]
    )
) | frozenset(map(chr, range(0x13430, 0x13440)))


def missing(texts: Iterable[str]) -> list[str]:
    """Return the characters of `texts` that no font of ours has, each once, in order of appearance."""
    known, result = coverage(), dict[str, bool]()
    for text in texts:
        for character in unicodedata.normalize("NFC", text):
            visible = character in DRAWN or unicodedata.category(character) not in INVISIBLE
            if visible and ord(character) not in known:
                result[character] = True
    return list(result)


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """The code points that the fonts in the folder have together."""
    codes: set[int] = set()
    for path in FOLDER.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(codes)
