"""Which characters our PDF fonts can draw: read from the fonts' own tables, once."""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

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


def missing(texts):
    """Return the characters of `texts` that no font of ours has, each once, in order of appearance."""
    known, result = coverage(), {}
    for text in texts:
        for character in unicodedata.normalize("NFC", text):
            visible = character in DRAWN or unicodedata.category(character) not in INVISIBLE
            if visible and ord(character) not in known:
                result[character] = True
    return list(result)


@lru_cache(maxsize=1)
def coverage():
    """The code points that the fonts in the folder have together."""
    return frozenset().union(*(code_points(path.read_bytes()) for path in FOLDER.glob("*.ttf")))


def code_points(font):
    """Return the code points in a TrueType font's character map (its tables of formats 4 and 12)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">L", font, 20 + 16 * n)[0] for n in range(count)}
    start, found = tables[b"cmap"], set()
    for place in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">L", font, start + 8 + 8 * place)[0]
        read = {4: _segments, 12: _groups}.get(struct.unpack_from(">H", font, table)[0])
        if read:
            found.update(code for first, last in read(font, table) for code in range(first, last + 1))
    return found - {0xFFFF}


def _segments(font, table):
    """Ranges of a format 4 table."""
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, table + 14)
    starts = struct.unpack_from(f">{count}H", font, table + 16 + 2 * count)
    return zip(starts, ends, strict=True)


def _groups(font, table):
    """Ranges of a format 12 table."""
    count = struct.unpack_from(">L", font, table + 12)[0]
    return [struct.unpack_from(">LL", font, table + 16 + 12 * n) for n in range(count)]
