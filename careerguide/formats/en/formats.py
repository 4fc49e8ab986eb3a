"""How dates and moments are written, a module a language: `date:"SHORT_DATE_FORMAT"` in templates, and the admin's own
pages. Templates name one of these and spell no format of their own; English is American: November 28, 2026.
"""

DATE_FORMAT = "F j, Y"
SHORT_DATE_FORMAT = "M j, Y"
MONTH_DAY_FORMAT = "M j"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "g:i A"

DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i T"
"""A moment is nothing without its zone: 2026-11-23 09:00 CST."""
