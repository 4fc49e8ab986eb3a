"""Upgrades of frozen guides from older formats, so that an old edition still thaws.

A migration that changes content raises `freezing.FORMAT` and adds the step from the format before.
"""

UPGRADES = {}


def bring_up_to_date(frozen, newest):
    """Return `frozen` in the `newest` format. Raises ValueError where it is newer than this code."""
    if frozen["format"] > newest:
        raise ValueError(f"This edition has format {frozen['format']}, newer than this version of the site ({newest}).")
    while frozen["format"] < newest:
        step = UPGRADES[frozen["format"]]
        frozen = step(frozen) | {"format": frozen["format"] + 1}
    return frozen
