"""The editors' screens, one module for each."""

from . import figures, guides, reports, sections, sources

__all__ = ["editions", "figures", "guides", "reports", "sections", "sources"]
