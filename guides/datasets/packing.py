"""Packed columns: JSON, compressed, for what is read whole or not at all."""

import json
import zlib
from typing import Any


def pack(content: dict[str, Any]) -> bytes:
    """Return what JSON can hold as the bytes of a packed column."""
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpack(packed: bytes | memoryview) -> dict[str, Any]:
    """Return what `pack` was given."""
    content: dict[str, Any] = json.loads(zlib.decompress(packed))
    return content
