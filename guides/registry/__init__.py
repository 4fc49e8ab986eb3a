"""What apps add to the site, and what the site asks of it: one Extension an app (extension.py)."""

from .extension import EXTENSIONS, Action, ComparedRow, Extension, Warning, add, each, remove

__all__ = ["EXTENSIONS", "Action", "ComparedRow", "Extension", "Warning", "add", "each", "remove"]
