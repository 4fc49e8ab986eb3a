"""The glossary's page; `[ILS](glossary:ils)` in a text leads to a term of it (markdown.py)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Term
from ..registry.public_pages import same_for_everyone


@require_safe
@same_for_everyone
def page(request: HttpRequest) -> HttpResponse:
    """Every term and what it means, by name."""
    terms = sorted(Term.objects.live(), key=lambda term: (term.name.casefold(), term.slug))
    return render(request, "glossary.html", {"terms": terms})
