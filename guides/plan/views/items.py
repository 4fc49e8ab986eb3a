"""Adding, changing and deleting one item of a plan: each a small request of its own (see sync.py)."""

import re
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import render_form
from guides.registry.throttling import throttled

from .. import access, item_types, room, sync, validators
from ..access import PlanRequest, personal, with_plan
from ..forms.items import PlanItemForm, form_for
from ..forms.pages import NOTICES
from ..item_types import ItemType
from ..models import ApplicationPart, Comment, Plan, PlanItem

# Where a form was, and so where the person goes on after it.
PLACES = {
    "": lambda: reverse("plan:plan"),
    "board": lambda: reverse("plan:applications"),
    "table": lambda: f"{reverse('plan:applications')}?view=table",
}

changing = throttled("plan-change", most=12_000, seconds=3600)


def item_type_or_404(kind: str) -> ItemType:
    """Return the type of items of that name, or raise Http404."""
    if kind not in item_types.all_types():
        raise Http404
    return item_types.all_types()[kind]


def place(values: QueryDict) -> str:
    """Return the name of the place that a form or an address gives; a wrong one is refused."""
    back = values.get("back", "")
    if back not in PLACES:
        raise BadRequest(_("“back” names no page of the plan that one could go back to."))
    return back


def go_back(back: str, notice: str, item: PlanItem | None = None) -> HttpResponseRedirect:
    """Redirect to the page the form was on, at the item, with a notice."""
    whole = item.its_application if isinstance(item, ApplicationPart) and not back else None
    address = whole.get_absolute_url() if whole else PLACES[back]()
    anchor = f"#{item.anchor}" if item else ""
    return HttpResponseRedirect(f"{address}{'&' if '?' in address else '?'}notice={notice}{anchor}")


def _page(
    request: HttpRequest, form: PlanItemForm, item_type: ItemType, slug: str, status: int | None = None, **context: Any
) -> HttpResponse:
    """Render the form's page."""
    back = place(request.POST or request.GET)
    if context.get("plan"):
        anchor = f"{item_type.slug}-{slug}"
        context["comments"] = Comment.objects.filter(plan=context["plan"], about=anchor)
    whole = form.instance.its_application if isinstance(form.instance, ApplicationPart) else None
    back_url = whole.get_absolute_url() if whole and not back else PLACES[back]()
    context |= {"form": form, "item_type": item_type, "slug": slug, "back": back, "back_url": back_url, "whole": whole}
    if request.method == "GET":
        context["notice"] = NOTICES.get(request.GET.get("notice", ""), "")
    return render_form(request, "plan/item.html", context, form, status=status)


def _put_into(form: PlanItemForm, plan: Plan | None, values: QueryDict) -> None:
    """Let what belongs to an application belong to the one that the address or the form names, or raise Http404."""
    new = form.instance
    if isinstance(new, ApplicationPart) and not new.application:
        if plan is None:
            raise Http404
        new.plan, new.application = plan, values.get("application", "")[:12]
        if new.its_application is None:
            raise Http404


@require_safe
@personal
def kind(request: PlanRequest, plan: Plan | None, kind: str) -> HttpResponse:
    """Lead whoever cuts an item's address short to the plan, where all items of the kind stand."""
    item_type_or_404(kind)
    return HttpResponseRedirect(reverse("plan:plan"))


@require_safe
@personal
def add(request: PlanRequest, plan: Plan | None, kind: str) -> HttpResponse:
    """An empty form. It carries the new item's name, so that sending it twice adds one item."""
    item_type = item_type_or_404(kind)
    if not item_type.add:
        raise Http404
    form = form_for(item_type)()
    _put_into(form, plan, request.GET)
    return _page(request, form, item_type, validators.new_slug(), plan=plan, new=True)


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def item(request: PlanRequest, plan: Plan | None, kind: str, slug: str) -> HttpResponse:
    """One item's form, and what it sends: a change, or a new item."""
    item_type = item_type_or_404(kind)
    if not re.search(validators.ITEM_SLUG, slug):
        raise Http404
    rows = item_type.of_plan(plan).filter(slug=slug)
    stored = rows.first()
    if request.method == "POST":
        return _receive(request, plan, item_type, slug, rows, stored)
    if stored is None:
        raise Http404
    if not item_type.form:
        return HttpResponseRedirect(f"{reverse('plan:plan')}#{stored.anchor}")
    if item_type.own_form:
        return HttpResponseRedirect(reverse(item_type.own_form, args=[slug]))
    return _page(request, form_for(item_type)(instance=stored), item_type, slug, plan=plan, item=stored)


def _receive(
    request: PlanRequest,
    plan: Plan | None,
    item_type: ItemType,
    slug: str,
    items: QuerySet[PlanItem],
    stored: PlanItem | None,
) -> HttpResponse:
    """Answer a POST of the item's form."""
    back, new = place(request.POST), "new" in request.POST and bool(item_type.add)
    form = sync.bind(item_type, request.POST, stored)
    if stored is None and new:
        _put_into(form, plan, request.POST)
    context: dict[str, Any] = {"plan": plan, "item": stored, "new": new and stored is None}
    if stored is None and new and set(form.fields) != set(item_type.form):
        raise BadRequest(_("The form holds only a part of what a new item needs."))
    if stored is None and not new:
        return _gone(request, form, item_type, slug, plan)
    if not form.is_valid():
        return _page(request, form, item_type, slug, **context)
    try:
        if stored is None:
            return go_back(back, "saved", _create(request, plan, item_type, slug, form))
        with room.changing(plan or stored.plan):
            changed = sync.change(form, items)
    except sync.Gone:
        return _gone(request, form, item_type, slug, plan)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, form, item_type, slug, **context)
    if changed is None:
        return _page(request, form, item_type, slug, 409, **context)
    return go_back(back, "saved", changed)


def _create(request: PlanRequest, plan: Plan | None, item_type: ItemType, slug: str, form: PlanItemForm) -> PlanItem:
    """Store a new item, in a new plan where there is none. Raises ValidationError where the plan is full."""
    new = form.instance
    new.slug = slug
    new.complete(list(form.fields))
    plan = plan or access.make(request)
    new.plan = plan
    with room.changing(plan):
        # Where the same form was sent twice at once, the other request has stored it.
        stored = item_type.of_plan(plan).filter(slug=slug).first()
        if stored is None:
            new.save()
            new.has_changed(list(form.fields))
    return stored or new


def _gone(request: HttpRequest, form: PlanItemForm, item_type: ItemType, slug: str, plan: Plan | None) -> HttpResponse:
    """The item was deleted elsewhere: show what was typed, and offer to add it again where that is everything."""
    form.is_valid()
    whole = set(form.fields) == set(item_type.form)
    return _page(request, form, item_type, slug, 409, plan=plan, gone=True, new=whole and bool(item_type.add))


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def delete(request: PlanRequest, plan: Plan, kind: str, slug: str) -> HttpResponse:
    """Ask, then delete the item; one that was changed after the question is asked about again."""
    item_type = item_type_or_404(kind)
    rows = item_type.of_plan(plan).filter(slug=slug)
    back = place(request.POST or request.GET)
    stored = rows.first()
    if request.method == "POST" and sync.delete(rows, request.POST.get("fingerprint", "")):
        whole = stored.its_application if isinstance(stored, ApplicationPart) else None
        return HttpResponseRedirect(f"{whole.get_absolute_url()}?notice=deleted") if whole else go_back(back, "deleted")
    if stored is None:
        raise Http404
    if request.method == "POST":
        return HttpResponseRedirect(f"{request.path}?{urlencode({'back': back, 'changed': 'yes'})}")
    if request.GET.get("changed", "yes") != "yes":
        raise BadRequest(_("“changed” can only be “yes”."))
    context = {"plan": plan, "item": stored, "item_type": item_type, "fingerprint": sync.fingerprint(stored)}
    context |= {"values": _values(stored), "back": back, "back_url": PLACES[back](), "clash": "changed" in request.GET}
    return render(request, "plan/delete_item.html", context)


def _values(item: PlanItem) -> list[tuple[str, Any]]:
    """Everything the item holds, as pairs of a label and a value to read."""
    names = [name for name in item.item_type.fields if getattr(item, name) and name not in item.item_type.refers]
    labels = {field.name: str(field.verbose_name) for field in item._meta.fields}
    return [(labels[name], sync.display(item, name)) for name in names]
