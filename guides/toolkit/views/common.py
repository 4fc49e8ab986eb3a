"""What the toolkit's pages share: how they stay private, and how files leave."""

from functools import wraps

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guides.throttling import throttled

from ..documents.pdf import DESIGNS, pdf
from ..documents.text import markdown, plain_text
from ..documents.word import docx

# The preview asks again whenever a person stops typing, so this is far above what one of them needs.
MOST_POSTS_AN_HOUR = 3000

WRITERS = {
    "pdf": ("application/pdf", pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda document, design: docx(document),
    ),
    "txt": ("text/plain; charset=utf-8", lambda document, design: plain_text(document).encode()),
    "md": ("text/markdown; charset=utf-8", lambda document, design: markdown(document).encode()),
}


def workplace(view):
    """A page that a person works on: what they send is used for this one answer, and stored nowhere."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    guarded = sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(guarded))
    return throttled("toolkit", most=MOST_POSTS_AN_HOUR, seconds=3600)(guarded)


def asked(form_class, query):
    """Return what the query string says, checked by a form; a bad one is refused."""
    form = form_class(query)
    if not form.is_valid():
        raise BadRequest("query")
    return form.cleaned_data


class ExampleForm(forms.Form):
    """The query string: which example to start from."""

    example = forms.SlugField(max_length=60, required=False)


def attachment(content, content_type, name):
    """Return a file to download."""
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)


def document_file(document, kind, design, *words):
    """Return `document` as a file of `kind`, one of WRITERS, named after `words`."""
    content_type, write = WRITERS[kind]
    return attachment(write(document, design), content_type, file_name(kind, *words))


def file_name(extension, *words):
    """Return a file name such as resume-zoe-lodz.pdf: letters of any script, nothing that a path could hold."""
    return f"{slugify('-'.join(filter(None, words)), allow_unicode=True)[:80] or 'document'}.{extension}"


def chosen_design(posted):
    """Return the design that a form asks for; the quiet one where it asks for none of ours."""
    return posted.get("design") if posted.get("design") in DESIGNS else "quiet"
