"""The editors' screens, one module for each."""

from . import figures, guides, sections, sources

__all__ = ["figures", "guides", "sections", "sources"]
