"""What the reading templates use: figures as text, charts as rows, tools as addresses."""

from django import template

from .. import charts, formats
from ..tools import TOOLS

register = template.Library()

register.filter("amount", formats.observation)
register.filter("usd", formats.usd)
register.filter("dashes", formats.dashes)
register.filter("money", lambda value: formats.money(value))
register.simple_tag(formats.months, name="months")
register.simple_tag(formats.years, name="years")


@register.filter
def cost(route):
    """What a route costs: a sum, the editor's words, or nothing where neither is known."""
    if route.cost_from is None and route.cost_to is None:
        return route.cost_note
    return formats.money(route.cost_from, route.cost_to, route.currency)


@register.simple_tag
def chart(name, *data):
    """The rows of the chart `name` of charts.py: `{% chart "routes" section.routes.all as ways %}`."""
    return getattr(charts, name)(*data)


@register.simple_tag
def tool_url(guide, key):
    """The address of one of the site's tools for this guide, such as 'readiness'."""
    return TOOLS[key].url(guide)
