"""What the reading templates use: figures as text, charts as rows, tools as addresses."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Engine
from django.utils.safestring import SafeString, mark_safe

from guides.reading.reader import Reading

from .. import formats
from ..models import Guide, Route, Section, ToolLink
from ..reading import charts, linked_data
from ..registry import EXTENSIONS
from ..registry.tools import TOOLS, SiteTool, Tool, by_slug, by_view, offered

register = template.Library()

register.filter("amount", formats.amount)
register.filter("usd", formats.usd)
register.filter("dashes", formats.dashes)
register.filter("money", lambda value: formats.money(value))
register.filter("days", formats.days)
register.filter("cents", lambda value: formats.cents(value))
register.filter("change", formats.change)
register.filter("percent", formats.percent)
register.filter("number", lambda value: formats.number(value))
register.simple_tag(formats.months, name="months")
register.simple_tag(formats.years, name="years")
register.simple_tag(formats.hours, name="hours")
register.simple_tag(formats.weeks, name="weeks")


@register.filter
def cost(route: Route) -> str:
    """What a route costs: a sum, the editor's words, or nothing where neither is known."""
    if route.cost_from is None and route.cost_to is None:
        return route.cost_note
    return formats.money(route.cost_from, route.cost_to, route.currency)


@register.simple_tag
def chart(name: str, *data: Any) -> charts.Chart[Any]:
    """The rows of the chart `name` of charts.py: `{% chart "routes" section.routes.all as ways %}`."""
    drawn: charts.Chart[Any] = getattr(charts, name)(*data)
    return drawn


@register.simple_tag
def tool_url(guide: Guide, key: str) -> str:
    """The address of one of the site's tools for this guide, such as 'readiness'."""
    return TOOLS[key].url(guide)


@register.simple_tag
def offered_tool(guide: Guide, key: str) -> str:
    """The address of a tool for this guide; empty where it would have nothing to show."""
    tool = TOOLS.get(key)
    return tool.url(guide) if tool and tool.has_content(guide) else ""


@register.simple_tag
def offered_links(guide: Guide, links: Iterable[ToolLink]) -> list[tuple[ToolLink, str]]:
    """The entry points among `links` whose tool has something to show of this guide, each with its address."""
    tools = offered(guide)
    return [(link, tools[link.tool].url(guide)) for link in links if link.tool in tools]


@register.simple_tag(takes_context=True)
def shared_tool(context: template.Context) -> Tool | SiteTool | None:
    """The tool that the page is of, whose picture stands beside links to it; None for every other page."""
    asked = getattr(context.get("request"), "resolver_match", None)
    if asked is None:
        return None
    return by_slug(asked.kwargs["tool"]) if asked.view_name == "guides:tool" else by_view(asked.view_name)


@register.simple_tag(takes_context=True)
def folded_section(context: template.Context, section: Section) -> SafeString:
    """A section of a guide's page. What stands for a closed one follows from the thawed guide alone: made once."""
    folded = _engine(context).get_template("guides/_folded_section.html")
    if section.slug in context["reading"].opened:
        with context.push(section=section):
            return folded.render(context)
    kept = vars(section)
    if "closed_html" not in kept:
        kept["closed_html"] = folded.render(template.Context({"section": section}))
    html: SafeString = kept["closed_html"]
    return html


def _engine(context: template.Context) -> Engine:
    """The page's own engine, so that a part is rendered in the page's context."""
    return context.template.engine if context.template else Engine.get_default()


@register.simple_tag(takes_context=True)
def added(context: template.Context, place: str, **values: Any) -> SafeString:
    """What apps add to the page at `place` (Extension.templates): `{% added "guide_actions" look="button" %}`."""
    names = [extension.templates[place] for extension in EXTENSIONS.values() if place in extension.templates]
    parts = [_engine(context).get_template(name) for name in names]
    with context.push(**values):
        return mark_safe("".join(part.render(context) for part in parts))  # noqa: S308 (our own templates)


# What could end the script element, or start a comment in it, is written as JSON's own escapes.
JSON_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def json_ld(reading: Reading) -> SafeString:
    """The linked data of a guide's page as a script element: data, which no browser runs."""
    return json_ld_of(linked_data.of_guide(reading))


@register.simple_tag
def json_ld_of(node: linked_data.Node) -> SafeString:
    """Linked data as a script element."""
    data = json.dumps(node, ensure_ascii=False).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308
