"""What the toolkit's pages share: how they stay private, and how files leave."""

from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guides.forms import FormMixin, render_form
from guides.plan import access, keys
from guides.reading import reader
from guides.registry.throttling import throttled

from ..advice import gap_sentence
from ..documents.blocks import Document
from ..documents.pdf import DESIGNS, pdf
from ..documents.text import markdown, plain_text
from ..documents.word import docx
from ..forms import DesignForm, WholeForm
from ..workspace import Workspace

# The preview asks again whenever a person stops typing, so this is far above what one of them needs.
MOST_POSTS_AN_HOUR = 3000
# The buttons that keep the form in the plan.
SAVING = {"save", "save over", "save copy"}

WRITERS = {
    "pdf": ("application/pdf", pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda document, design: docx(document),
    ),
    "txt": ("text/plain; charset=utf-8", lambda document, design: plain_text(document).encode()),
    "md": ("text/markdown; charset=utf-8", lambda document, design: markdown(document).encode()),
}


def workplace(tool):
    """A page that a person works on: the view gets the guide's Reading and their Workspace.

    What they send is used for this one answer; it is stored where they save it in their plan, and nowhere else.
    """

    def mark(view):
        @access.personal
        def in_workspace(request, plan, guide):
            reading = reader.live(guide)
            workspace = Workspace(request, plan, tool, reading.guide)
            return _at_its_address(request, workspace, view(request, reading, workspace))

        @wraps(view)
        def guarded(request, guide):
            lost = _forget_wrong_key(request)
            response = in_workspace(request, guide=guide)
            if lost and keys.cookie_name() not in response.cookies:
                keys.forget(response)
            return response

        guarded = sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(guarded))
        return throttled("toolkit", most=MOST_POSTS_AN_HOUR, seconds=3600)(guarded)

    return mark


def _at_its_address(request, workspace, response):
    """Once a document is saved the page has the document's address: a reload shows it, and saves nothing again."""
    if not workspace.saved:
        return response
    address = workspace.stored.get_absolute_url()
    if not request.htmx:
        return HttpResponseRedirect(f"{address}&saved=yes")
    response["HX-Replace-Url"] = address
    return response


def _forget_wrong_key(request):
    """Go on without a plan where a form comes with a key that opens none: an error page would lose what was typed."""
    key = request.COOKIES.get(keys.cookie_name())
    if request.method != "POST" or not key:
        return False
    try:
        access.find(request, key)
    except access.UnknownKey:
        del request.COOKIES[keys.cookie_name()]
        return True
    return False


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


def document_file(
    request: HttpRequest, form: WholeForm, document: Document, action: str, *words: str
) -> HttpResponse | None:
    """Return `document` as the file that the button `action` asks for, named after `words`.

    A PDF that lacks characters is made only after the person has been told: None, and the form says so.
    """
    if action == "pdf" and (gap := gap_sentence(document)):
        form.gap = gap
        return None
    kind = action.split()[0]
    content_type, write = WRITERS[kind]
    return attachment(write(document, chosen_design(request.POST)), content_type, file_name(kind, *words))


def file_name(extension, *words):
    """Return a file name such as resume-zoe-lodz.pdf: letters of any script, nothing that a path could hold."""
    return f"{slugify('-'.join(filter(None, words)), allow_unicode=True)[:80] or 'document'}.{extension}"


def chosen_design(posted):
    """Return the design that a form asks for; the quiet one where it asks for none of ours."""
    return posted.get("design") if posted.get("design") in DESIGNS else "quiet"


def render_tool(
    request: HttpRequest, workspace: Workspace, names: tuple[str, str], context: dict[str, Any], *filled: FormMixin
) -> HttpResponse:
    """Render the page, or the part of it that HTMX asked for: `names` are the templates of the page and of its form.

    409 where the stored document was changed elsewhere, 422 where something is wrong.
    """
    page, form = names
    template = form if request.htmx else page
    if request.htmx and "blocks" in context and request.POST.get("do", "preview") == "preview":
        template = "_preview"
    design = chosen_design(workspace.sent or {})
    context |= {"workspace": workspace, "design": design, "designs": DesignForm({"design": design})}
    status = 409 if workspace.clash else None
    return render_form(request, f"toolkit/{template}.html", context, *filled, workspace.form, status=status)
