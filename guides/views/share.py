"""The pictures that other sites show beside a link to ours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..models import ShareImage
from ..publishing import share_image
from ..registry import tools
from ..registry.public_pages import same_for_everyone


def png(picture: bytes) -> HttpResponse:
    """The answer that holds a picture, which other sites may show and keep for a day."""
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "max-age=86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@same_for_everyone
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """The picture of a guide, drawn when it was published."""
    picture = ShareImage.objects.filter(guide__slug=guide).first()
    if picture is None:
        raise Http404
    return png(bytes(picture.png))


@require_safe
@same_for_everyone
def tool(request: HttpRequest, tool: str) -> HttpResponse:
    """The picture of a tool: what it gives."""
    shared = tools.by_slug(tool)
    if shared is None:
        raise Http404
    return png(share_image.draw_tool(shared))


@require_safe
@same_for_everyone
def site(request: HttpRequest) -> HttpResponse:
    """The picture of the site: its four doors."""
    return png(share_image.draw_site())
