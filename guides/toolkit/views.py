"""The page that leads to the tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.reading import reader
from guides.registry import tools
from guides.registry.public_pages import same_for_everyone

from .job_descriptions import phrases


@require_safe
@same_for_everyone
def toolkit(request: HttpRequest, guide: str) -> HttpResponse:
    """The toolkit of a guide: each tool that has something to show of it, with a piece of what it gives."""
    reading = reader.live(guide)
    own = [tool for key, tool in tools.offered(reading.guide).items() if key.startswith("toolkit/")]
    context = {"guide": reading.guide, "tools": own, "phrases": phrases.offered(reading)}
    return render(request, "toolkit/overview.html", context)
