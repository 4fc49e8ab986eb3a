"""The page of all tools, and a page for each tool of a guide on which one chooses the job."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.forms import refused

from ..models import Listing
from ..reading.doors import doors, having_content
from ..registry import tools
from ..registry.public_pages import same_for_everyone
from .browse import PAGE, PageForm, address


@require_safe
@same_for_everyone
def tool_list(request: HttpRequest) -> HttpResponse:
    """Every tool of the site, behind its door."""
    return render(request, "guides/tools.html", {"doors": doors()})


@require_safe
@same_for_everyone
def tool(request: HttpRequest, tool: str) -> HttpResponse:
    """What a tool gives, and the guides that have something for it: a person chooses the job."""
    asked = next((each for each in tools.TOOLS.values() if each.slug == tool and each.door), None)
    if asked is None:
        raise Http404
    form = PageForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    page = Paginator(Listing.objects.order_by("title", "slug"), PAGE).get_page(form.cleaned_data["page"] or 1)
    context = {
        "tool": asked,
        "jobs": [(listing, asked.url(listing)) for listing in having_content(asked, page)],
        "page": page,
        "before": address(request, page.number - 1) if page.has_previous() else "",
        "after": address(request, page.number + 1) if page.has_next() else "",
    }
    return render(request, "guides/tool.html", context)
