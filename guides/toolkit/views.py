"""The page that leads to the tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry import tools
from guides.registry.public_pages import same_for_everyone


@require_safe
@same_for_everyone
def toolkit(request: HttpRequest, guide: str) -> HttpResponse:
    """The toolkit of a guide: each tool that has something to show of it, with what it is for."""
    shown = reader.live(guide).guide
    own = [tool for key, tool in tools.offered(shown).items() if key.startswith("toolkit/")]
    return render(request, "toolkit/overview.html", {"guide": shown, "tools": own})
