"""Geometry of the charts, so that templates only loop.

A module a chart: `bars` on a common scale, `pay` (how pay is spread), `years` (a figure over years), `jobs` (then and
now, with openings), `categories` (a number for each of several), `sections` (which of them a section's figures make).
Positions are strings with a decimal point, because a number in a template would follow the reader's language. Most
charts are SVG without a view box: places are percent of the chart's width, so that letters keep their size on a phone.
"""

from .bars import Bar, Cell, Chart, Row, bar, ladder, pay_areas, pay_levels, routes, scale, ticks
from .pay import Strip, card_strip, strip
from .sections import drawn

__all__ = [
    "Bar",
    "Cell",
    "Chart",
    "Row",
    "Strip",
    "bar",
    "card_strip",
    "drawn",
    "ladder",
    "pay_areas",
    "pay_levels",
    "routes",
    "scale",
    "strip",
    "ticks",
]
