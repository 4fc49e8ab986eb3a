"""The editors' screens for imported data."""

from . import figures, imported

__all__ = ["figures", "imported"]
