"""The editors' screens of the exercises: saving keeps a draft; its page leads it to readers."""

from . import editions, items

__all__ = ["editions", "items"]
