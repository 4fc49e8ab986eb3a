"""The files of pictures, which never change: what an address gave once, it gives for good."""

from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..models import PictureFile
from ..registry.concerns import depends_on
from ..registry.public_pages import same_for_everyone

# A drawing that is opened by itself is a document: it may style itself and do nothing else.
POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": [""]}
YEAR = 31_536_000


@require_safe
@csp(POLICY)
@depends_on()
@same_for_everyone
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a picture, by its name."""
    file = PictureFile.objects.filter(name=name).first()
    if file is None:
        raise Http404
    response = HttpResponse(bytes(file.content), content_type=file.mime_type)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
