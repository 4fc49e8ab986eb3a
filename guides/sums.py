"""Sums of money as people type them: 45000, $45,000, 45k, $18.50."""

import re
from decimal import Decimal

SUM = r"\$?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d{1,2}))?\s*(?P<thousands>k)?"
# So many digits are more than anybody's pay.
MOST_DIGITS = 12


def read(text: str) -> Decimal | None:
    """Return a sum in whole units of its currency and their hundredths, or None where it is none."""
    text = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", " ".join(text.split()))
    match = re.fullmatch(SUM, text, re.IGNORECASE | re.ASCII)
    if match is None:
        return None
    whole = match["whole"].replace(",", "").lstrip("0")[:MOST_DIGITS]
    value = Decimal(f"{whole or 0}.{match['cents'] or 0}")
    return value * 1_000 if match["thousands"] else value
