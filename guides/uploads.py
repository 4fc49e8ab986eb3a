"""Files that readers send: in memory alone, and never dropped in silence because they are large."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


class InMemory(MemoryFileUploadHandler):
    """Keeps every upload in memory, never in a temporary file, and refuses a body of more than `most` bytes.

    Django's own would leave a file out that is too large, and the page would say that none was chosen. Where nothing
    is said, an editor may send what the page takes (`takes_large_files`), anybody else what any form may have.
    """

    def __init__(self, request: HttpRequest | None = None, most: int | None = None) -> None:
        super().__init__(request)
        self.most = _most_of(request) if most is None else most

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        if content_length > self.most:
            raise RequestDataTooBig("The body is larger than the page takes.")
        self.activated = True


def _most_of(request: HttpRequest | None) -> int:
    """How many bytes the body of a request may have."""
    usual: int = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    of_page: int = getattr(getattr(getattr(request, "resolver_match", None), "func", None), "most_bytes", 0)
    # Whoever is not signed in makes nobody keep megabytes in memory.
    return of_page if of_page > usual and getattr(getattr(request, "user", None), "is_staff", False) else usual


def takes_large_files(most: int) -> Callable[[View], View]:
    """A view of the admin whose POSTs may have `most` bytes from people who are signed in there."""

    def mark(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined] # what serves the site must let through
        return view

    return mark


def content_length(request: HttpRequest) -> int:
    """The length of the body in bytes, 0 where the request does not say."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def takes_files(most: int, too_large: View) -> Callable[[View], View]:
    """A view whose POSTs may have `most` bytes, its file among them; a larger one is answered by the view `too_large`.

    Its body stays unread, so there is no token to look at either: nothing but a page may come of it.
    """

    def mark(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt  # reading the token reads the body, and the upload handler must be set before that
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                request.upload_handlers = [InMemory(request, most)]
                if content_length(request) > most:
                    return too_large(request, *args, **kwargs)
            return protected(request, *args, **kwargs)

        guarded.most_bytes = most  # type: ignore[attr-defined] # what serves the site must let through
        return guarded

    return mark
