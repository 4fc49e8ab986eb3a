"""The search page: the same answers as one types, on Enter and without JavaScript."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ..registry.public_pages import same_for_everyone
from ..registry.requests import HtmxHttpRequest
from .finding import Results, find

LONGEST = 200


class SearchForm(forms.Form):
    """The search page's query string."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("That is too long to search for. Give a few words, at most 200 characters.")},
    )


@require_safe
@vary_on_headers("HX-Request")
@same_for_everyone
def search(request: HtmxHttpRequest) -> HttpResponse:
    """What the guides say of the words in `q`; for HTMX the results alone."""
    form = SearchForm(request.GET)
    valid = form.is_valid()
    text = form.cleaned_data.get("q", "")
    error = "".join(str(message) for message in form.errors.get("q", []))
    context = {"results": find(text) if text else Results(""), "error": error}
    fragment = request.htmx and not request.htmx.history_restore_request
    template = "search/fragment.html" if fragment else "search/page.html"
    response = render(request, template, context, status=200 if valid else 400)
    # What someone typed is for no shared cache, and no page for search engines.
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response
