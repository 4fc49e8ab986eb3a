"""The glossary's page; `[ILS](glossary:ils)` in a text leads to a term of it (markdown.py)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Term
from ..registry import Action
from ..registry.public_pages import same_for_everyone
from ..registry.tools import SITE_TOOLS


@require_safe
@same_for_everyone
def page(request: HttpRequest) -> HttpResponse:
    """Every term and what it means, by name."""
    terms = sorted(Term.objects.live(), key=lambda term: (term.name.casefold(), term.slug))
    return render(request, "glossary.html", {"terms": terms, "next_actions": next_actions()})


def next_actions() -> list[Action]:
    """And now? The words in use: where there are exercises, to try; in the guides, to read."""
    exercises = SITE_TOOLS.get("exercises")
    guides = Action(_("Read them in a guide"), reverse("guides:list"), _("Each word leads back here from the text."))
    if exercises is None or not exercises.is_there():
        return [guides]
    why = _("Call numbers, catalog records and questions at the desk: the words at work.")
    return [Action(_("Try them in an exercise"), exercises.url, why), guides]
