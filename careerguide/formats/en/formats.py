"""A moment is nothing without its zone: 2026-11-23 09:00 CST."""

DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i T"
