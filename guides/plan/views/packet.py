"""The packet's page: what is to be in it, and that, to print or to save."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.forms import refused

from .. import browsers, item_types, summaries
from ..access import PlanRequest, with_plan
from ..forms.packet import PacketForm
from ..models import Plan
from ..packet import Packet, Part


def asked_for(request: PlanRequest, plan: Plan) -> tuple[Packet, PacketForm]:
    """Return the packet that the address asks for, and the form that asks: the summary where it says nothing.

    The key of the plan is in it only where it is asked for, and on a public computer never.
    """
    items = item_types.explained(item_types.all_items(plan))
    guides = summaries.guides_of(items)
    form = PacketForm(request.GET, guides=guides)
    if not form.is_valid():
        raise refused(form)
    query = form.cleaned_data
    guide = next((guide for guide in guides if guide.slug == query["guide"]), next(iter(guides), None))
    parts = query["part"] or ([] if query["section"] else [Part.SUMMARY])
    packet = Packet(plan, items, parts, guides, guide, query["section"])
    if query["with_key"] and plan.visit is None:
        packet.key_address = f"{settings.SITE_URL}{reverse('plan:return')}?key={browsers.own_key(request, plan)}"
    form.offer(packet)
    return packet, form


@require_safe
@with_plan
def packet(request: PlanRequest, plan: Plan) -> HttpResponse:
    """What somebody chose of the plan and of one of its guides, on one page."""
    chosen, form = asked_for(request, plan)
    context = {
        "plan": plan,
        "packet": chosen,
        "form": form,
        "today": timezone.localdate(),
        "query": request.GET.urlencode(),
        "site": settings.SITE_URL,
        "guides": chosen.guides,
        "checklists": summaries.checklists(chosen.items),
        "dates": chosen.dates,
        "notes": chosen.notes,
        "page": chosen.applications,
    }
    if reading := chosen.reading:
        context |= {"reading": reading, "guide": reading.guide, "card": reading.card}
        context |= {"months_from": reading.months_from, "months_to": reading.months_to}
    return render(request, "plan/packet.html", context)
