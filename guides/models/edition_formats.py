"""Upgrades of frozen guides from older formats, so that an old edition still thaws, compares and restores.

A migration that changes content raises FORMAT and adds the step from the format before it to UPGRADES, tested on an
edition of that format kept in tests/data.
"""

from typing import Any

FORMAT = 1


def bases_of_observations(frozen: dict[str, Any]) -> dict[str, Any]:
    """Format 0 said whether an observation was official; now there are three bases. The rest were estimates."""
    for plain in frozen["objects"]:
        if plain["model"] == "guides.observation":
            plain["fields"]["basis"] = "official" if plain["fields"].pop("official", False) else "estimate"
    return frozen


UPGRADES = {0: bases_of_observations}


def bring_up_to_date(frozen: dict[str, Any]) -> dict[str, Any]:
    """Return `frozen` in today's format. Raises ValueError where it is newer than this code."""
    if frozen["format"] > FORMAT:
        raise ValueError(f"This edition has format {frozen['format']}, newer than this version of the site ({FORMAT}).")
    while frozen["format"] < FORMAT:
        frozen = UPGRADES[frozen["format"]](frozen) | {"format": frozen["format"] + 1}
    return frozen
