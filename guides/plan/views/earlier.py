"""What was changed or deleted in a plan, and bringing it back."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import earlier, item_types, plan_file, sync
from ..access import PlanRequest, with_plan
from ..forms.pages import StatesPageForm
from ..models import EarlierState, Plan
from .items import changing
from .overview import asked, notice

STATES_A_PAGE = 50


@require_safe
@with_plan
def states(request: PlanRequest, plan: Plan) -> HttpResponse:
    """What items were before, newest first."""
    return _page(request, plan, notice(request))


def _page(request: PlanRequest, plan: Plan, said: str, status: int = 200) -> HttpResponse:
    page = Paginator(EarlierState.objects.filter(plan=plan), STATES_A_PAGE).get_page(
        asked(StatesPageForm, request)["page"]
    )
    context = {"plan": plan, "notice": said, "page": page, "states": [(state, _values(state)) for state in page]}
    return render(request, "plan/earlier.html", context, status=status)


def _values(state: EarlierState) -> list[tuple[str, str]]:
    """What the item held, as pairs of a label and a value to read."""
    item_type = item_types.all_types().get(state.kind)
    if item_type is None:
        return []
    item = item_type.model()
    for name in item_type.fields:
        setattr(item, name, state.content.get(name, getattr(item, name)))
    fields = [name for name in item_type.form if name in state.content]
    values = [(str(item_type.model_field(name).verbose_name), str(sync.display(item, name))) for name in fields]
    return values + ([(_("Text"), item.excerpt)] if item.excerpt else [])


@changing
@require_POST
@with_plan
def bring_back(request: PlanRequest, plan: Plan, pk: int) -> HttpResponse:
    """Bring one state back; what stands there now becomes an earlier state itself."""
    try:
        item = earlier.bring_back(get_object_or_404(EarlierState, plan=plan, pk=pk))
    except (ValidationError, plan_file.PlanFileRefused) as refusal:
        reasons = refusal.messages if isinstance(refusal, ValidationError) else refusal.reasons
        return _page(request, plan, " ".join(reasons), status=409)
    if item is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=back#{item.anchor}")
