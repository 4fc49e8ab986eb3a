"""The page that leads to the tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry.public_pages import same_for_everyone
from guides.registry.tools import TOOLS


@require_safe
@same_for_everyone
def toolkit(request: HttpRequest, guide: str) -> HttpResponse:
    """The toolkit of a guide: each tool with what it is for."""
    tools = [tool for key, tool in TOOLS.items() if key.startswith("toolkit/")]
    return render(request, "toolkit/overview.html", {"guide": reader.live(guide).guide, "tools": tools})
