"""Find in all guides, and replace in their drafts: a page of the list of guides."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Batch, Guide
from ..publishing import batches, editions, finding, rewriting
from ..publishing.finding import Hit, Query
from ..publishing.places import Place
from ..publishing.rewriting import Spot
from . import places
from .base import person
from .batches import batch_url
from .open_steps import EDIT


class FindForm(forms.Form):
    """What is looked for, how, and what is to stand in its place."""

    q = forms.CharField(label=gettext_lazy("Word or phrase"), max_length=200)
    match_case = forms.BooleanField(label=gettext_lazy("Capitals as they are typed"), required=False)
    whole_words = forms.BooleanField(label=gettext_lazy("Whole words only"), required=False)
    replacement = forms.CharField(
        label=gettext_lazy("Replace it with"),
        max_length=300,
        required=False,
        strip=False,
        validators=[ProhibitNullCharactersValidator()],
        help_text=gettext_lazy(
            "Only drafts are changed, once you have seen each change. Empty: the words are deleted."
        ),
    )

    @property
    def query(self) -> Query:
        """What a valid form looks for."""
        asked = self.cleaned_data
        return Query(asked["q"], asked["match_case"], asked["whole_words"])


@dataclass(frozen=True)
class ShownHit:
    """Words that were found, as the page shows them: where they are edited, and what would stand in their place."""

    hit: Hit
    address: str
    replacement: str
    is_taken: bool


def find(screen: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show where words stand; with `preview` what replacing them would change; replace what was chosen."""
    if not request.user.has_perm("guides.view_guide"):
        raise PermissionDenied
    if request.method == "POST":
        return _replace(screen, request)
    return _page(screen, request, FindForm(request.GET) if "q" in request.GET else FindForm(), request.GET)


def _page(screen: ModelAdmin, request: HttpRequest, form: FindForm, asked: QueryDict, code: int = 200) -> HttpResponse:
    hits = finding.find(form.query) if form.is_bound and form.is_valid() else []
    may_replace = request.user.has_perm(EDIT)
    is_preview = may_replace and form.is_bound and form.is_valid() and "preview" in asked
    taken = set(asked.getlist("take")) if request.method == "POST" else None
    context = screen.admin_site.each_context(request) | {
        "title": _("Find in all guides"),
        "opts": screen.opts,
        "media": screen.media,
        "form": form,
        "shown": [_shown(hit, form, taken) for hit in hits[: finding.MOST]],
        "are_more": len(hits) > finding.MOST,
        "is_answered": form.is_bound and form.is_valid(),
        "is_preview": is_preview,
        "may_replace": may_replace,
    }
    request.current_app = screen.admin_site.name
    if form.is_bound and not form.is_valid():
        code = 422
    return TemplateResponse(request, "admin/guides/find.html", context, status=code)


def _shown(hit: Hit, form: FindForm, taken: set[str] | None) -> ShownHit:
    """What the page shows of a hit. An address is looked at twice, so it is not chosen by itself."""
    replacement = form.query.in_place_of(hit.words, form.cleaned_data["replacement"])
    is_taken = not hit.is_address if taken is None else str(hit.spot) in taken
    address = places.screen_address(Place(str(hit.guide), hit.place, hit.kind, row=hit.row)) if hit.row else ""
    return ShownHit(hit, address, replacement, is_taken)


def _replace(screen: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Replace what was chosen, all of it or nothing, and lead to the batch of drafts that hold it."""
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
    form = FindForm(request.POST)
    spots = [Spot.read(key) for key in request.POST.getlist("take")]
    chosen = [spot for spot in spots if spot]
    if len(chosen) < len(spots):
        raise BadRequest(_("The form does not name texts."))
    if not form.is_valid():
        return _page(screen, request, form, request.POST)
    if not chosen:
        messages.warning(request, _("Nothing was chosen, so nothing was changed."))
        return _page(screen, request, form, request.POST)
    _refuse_without_right(request, chosen)
    try:
        batch = replace(form.query, form.cleaned_data["replacement"], chosen, request)
    except rewriting.Outdated as outdated:
        count = len(outdated.spots)
        told = ngettext(
            "Nothing was replaced: %(count)d place was changed by somebody since you looked. It is shown as it is now.",
            "Nothing was replaced: %(count)d places were changed by somebody since you looked. All are shown as they "
            "are now.",
            count,
        )
        messages.warning(request, told % {"count": count})
        return _page(screen, request, form, request.POST, 409)
    except ValidationError as error:
        messages.error(request, _("Nothing was replaced. %(why)s") % {"why": " ".join(error.messages)})
        return _page(screen, request, form, request.POST, 422)
    if batch is None:
        messages.warning(request, _("Nothing was changed: it says that already."))
        return _page(screen, request, form, request.POST)
    messages.success(request, _("Replaced in the drafts. Readers see it once it is published; it can be undone below."))
    return HttpResponseRedirect(batch_url(batch))


def _refuse_without_right(request: HttpRequest, spots: Iterable[Spot]) -> None:
    for model in {apps.get_model(spot.label) for spot in spots}:
        if not request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
            raise PermissionDenied


@transaction.atomic
def replace(query: Query, replacement: str, chosen: list[Spot], request: HttpRequest) -> Batch | None:
    """Put the replacement in the place of the words at each spot; return the drafts as a batch.

    Raises rewriting.Outdated where the words do not stand there any more, and ValidationError.
    """
    editions.lock_all(Guide.objects.filter(pk__in=rewriting.guides_of(chosen)))
    rows, words = rewriting.rows_of(chosen), {}
    for spot in chosen:
        row = rows.get((spot.label, spot.pk))
        said = getattr(row, spot.field)[spot.start : spot.end] if row else ""
        words[spot] = query.in_place_of(said, replacement) if query.pattern.fullmatch(said) else said
    comment = _("“%(words)s” replaced by “%(replacement)s”") % {"words": query.words, "replacement": replacement}
    changed = rewriting.rewrite(words)
    return batches.save(dict.fromkeys(changed, comment), person(request), comment)
