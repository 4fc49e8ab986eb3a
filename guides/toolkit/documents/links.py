"""The addresses in a text: a file shows them as links."""

import re

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def pieces(text: str) -> list[tuple[str, str]]:
    """Return `text` cut at its addresses: pairs of a piece and where it leads, empty for what leads nowhere."""
    result, end = [], 0
    for match in LINK.finditer(text):
        result += [(text[end : match.start()], ""), (match[0], target(match[0]))]
        end = match.end()
    return [piece for piece in [*result, (text[end:], "")] if piece[0]]


def target(address: str) -> str:
    """Where an address leads."""
    return address if "://" in address else f"mailto:{address}"
