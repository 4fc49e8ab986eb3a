"""The editors' screens for both checks. Like those of the guides, each save is an edition."""

from . import checks, routes

__all__ = ["checks", "routes"]
