"""One posting, the same for everyone; and logging it in the plan, which is one person's."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import ReaderForm, render_form
from guides.models import Listing
from guides.occupations.models import OccupationListing
from guides.plan import access
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from . import against_pay, applying, paging, soundness
from .models import Posting

# So many others are shown where one has ended.
SIMILAR = 5


class LogPostingForm(ReaderForm):
    """Nothing but the question whether it is meant."""


@require_safe
@same_for_everyone
def show(request: HttpRequest, posting: int) -> HttpResponse:
    """One posting: what it says, its pay against official data, the skills it names, and whether it is sound."""
    shown = get_object_or_404(Posting, pk=posting)
    listing = Listing.objects.filter(slug=shown.guide).first() if shown.guide else None
    context = {
        "posting": shown,
        "guide": reader.live(listing.slug).guide if listing else None,
        "feeds": list(shown.feeds.order_by("name")),
        "listing": listing,
        "occupation": OccupationListing.objects.current().filter(code=f"{shown.occupation}.00").first()
        if shown.occupation
        else None,
        "official": against_pay.against(shown),
        "reasons": soundness.reasons(shown),
    }
    if shown.is_open:
        return render(request, "openings/posting.html", context)
    # Gone, for programs that keep lists of jobs; a person is told so, and led to others.
    return render(request, "openings/posting.html", context | {"similar": similar(shown)}, status=410)


def similar(ended: Posting) -> list[Posting]:
    """The newest open postings for the same job, those of the same state first."""
    if not ended.guide and not ended.occupation:
        return []
    same = Posting.objects.open().defer(*paging.UNSHOWN).newest()
    same = same.of_guide(ended.guide) if ended.guide else same.of_occupation(ended.occupation)
    near = list(same.filter(state=ended.state)[:SIMILAR])
    return near + list(same.exclude(state=ended.state)[: SIMILAR - len(near)])


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def log(request: PlanRequest, plan: Plan | None, posting: int) -> HttpResponse:
    """Ask whether the posting is to go into the plan, and log it there with its closing date."""
    shown = Posting.objects.filter(pk=posting).first()
    if shown is None:
        raise Http404
    form = LogPostingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            plan = plan or access.make(request)
            application = applying.log(plan, shown)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return HttpResponseRedirect(f"{reverse('plan:applications')}?notice=saved#{application.anchor}")
    logged = applying.logged(plan, shown) if plan else None
    context = {"posting": shown, "plan": plan, "form": form, "logged": logged}
    return render_form(request, "openings/log.html", context, form)
