"""From a request to the person's plan. Every view of a plan goes through `personal`."""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta, tzinfo
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from ..registry import private_pages
from ..registry.requests import CountedHttpRequest
from ..registry.throttling import Limit
from . import browsers, keys, several
from .models import Browser, Plan, SharedKey, Visit

NEW_PLANS = Limit("plan-new", most=300, seconds=3600)
WRONG_KEYS = Limit("plan-wrong-key", most=30, seconds=3600)
VISIT_NOTED = timedelta(minutes=1)
FARTHEST_OFFSET = 14 * 60  # minutes from UTC


Parameters = ParamSpec("Parameters")
Response = TypeVar("Response", bound=HttpResponse)


class PlanRequest(CountedHttpRequest):
    """A request to a view of a plan.

    `named_plans` are the plans that this browser keeps, as triples of mark, name and whether it is the open one.
    `new_plan_key` is the key that `personal` gives the browser with the answer, `form_fields` what each form of the
    page carries. A form `is_for_another` plan where it was begun when another was open.
    """

    new_plan_key: str | None
    form_fields: dict[str, str]
    is_for_another: bool
    named_plans: list[tuple[str, str, bool]]


View = Callable[Concatenate[PlanRequest, Parameters], HttpResponse]
PlanView = Callable[Concatenate[PlanRequest, Plan | None, Parameters], HttpResponse]


class UnknownKey(Http404):
    """The key opens no plan: mistyped, guessed, deleted, or not used for a year. The answer does not say which."""


def find(request: CountedHttpRequest, key: str) -> Plan:
    """Return the plan that `key` opens, or raise UnknownKey; wrong keys count against the client.

    A right key is never refused for another's wrong ones: in a library everybody shares one address. Nor does a visit
    that has ended count, since there it is what most browsers come back with.
    """
    wanted = keys.hashed(key)
    if keys.is_visit(key):
        return _visited(wanted)
    if keys.is_browsers(key):
        return _browsed(request, wanted)
    plan = Plan.objects.filter(key_hash=wanted).first()
    if plan is None or not secrets.compare_digest(plan.key_hash, wanted):
        request.spend(WRONG_KEYS)
        raise UnknownKey
    return plan


def _browsed(request: CountedHttpRequest, key_hash: str) -> Plan:
    browser = Browser.objects.select_related("plan").filter(key_hash=key_hash).first()
    if browser is None:
        request.spend(WRONG_KEYS)
        raise UnknownKey
    browser.plan.browser = browser
    return browser.plan


def _visited(key_hash: str) -> Plan:
    visit = Visit.objects.lasting().select_related("plan").filter(key_hash=key_hash).first()
    if visit is None:
        raise UnknownKey
    visit.plan.visit = visit
    return visit.plan


def shared(request: CountedHttpRequest, key: str, *purposes: str) -> SharedKey:
    """Return the SharedKey of that key, if it is for one of `purposes`, with its plan; else raise UnknownKey.

    It counts as opening the plan, so that a plan does not expire under a calendar that reads it.
    """
    if not key:
        raise UnknownKey
    lasting = SharedKey.objects.lasting().select_related("plan")
    shared_key = lasting.filter(key_hash=keys.hashed(key), purpose__in=purposes).first()
    if shared_key is None:
        request.spend(WRONG_KEYS)
        raise UnknownKey
    now = timezone.now()
    if shared_key.used_at is None or shared_key.used_at.date() != now.date():
        SharedKey.objects.filter(pk=shared_key.pk).update(used_at=now)
        Plan.objects.filter(pk=shared_key.plan_id).update(used_at=now)
    return shared_key


def begin_visit(plan: Plan) -> str:
    """Open the plan on a public computer; return the key of the visit, which that browser keeps in place of its own."""
    key = keys.new_visit_key()
    Visit.objects.create(plan=plan, key_hash=keys.hashed(key))
    return key


def change_key(request: HttpRequest, plan: Plan) -> str:
    """Give the plan a new key and return that of this browser. The old one, and every other derived of it, is dead."""
    key = keys.new_key()
    with transaction.atomic():
        others = plan.browsers.all()
        if plan.browser is not None:
            others = others.exclude(pk=plan.browser.pk)
        others.delete()
        plan.visits.all().delete()
        plan.shared_keys.all().delete()
        Plan.objects.filter(pk=plan.pk).update(key_hash=keys.hashed(key))
        return browsers.keep_in(request, plan, key)


def make(request: PlanRequest) -> Plan:
    """Return a new plan; `personal` gives the browser a key with the answer. Call it outside a transaction."""
    request.spend(NEW_PLANS)
    key = keys.new_key()
    with transaction.atomic():
        plan = Plan.objects.create(key_hash=keys.hashed(key))
        request.new_plan_key = browsers.let_in(request, plan, key)
    request.form_fields = {several.FIELD: several.mark(plan)}
    return plan


def unmake(request: PlanRequest, plan: Plan) -> None:
    """Take back a plan that `make` made for this request, where nothing came to stand in it."""
    request.new_plan_key = None
    request.form_fields = {several.FIELD: ""}
    plan.delete()


def _touch(request: HttpRequest, plan: Plan, key: str) -> str | None:
    """Note that it is in use: a plan and a browser once a day, a visit once a minute.

    Return the key that the browser is to keep, where its cookie is to be set anew. One that still holds the plan's own
    key gets a key of its own in place of it, so that it can be ended like the others.
    """
    now, today = timezone.now(), timezone.localdate()
    is_first = False
    if plan.used_at.date() != now.date():
        # Of requests that come at once, one is the first of the day.
        is_first = bool(Plan.objects.filter(pk=plan.pk, used_at=plan.used_at).update(used_at=now))
        plan.used_at = now
    if plan.visit is not None:
        if now - plan.visit.used_at <= VISIT_NOTED:
            return key if is_first else None
        Visit.objects.filter(pk=plan.visit.pk).update(used_at=now)
        return key
    if plan.browser is None:
        return browsers.let_in(request, plan, key) if is_first else None
    if plan.browser.last_on >= today:
        return key if is_first else None
    Browser.objects.filter(pk=plan.browser.pk).update(last_on=today)
    return key


def their_zone(request: HttpRequest) -> tzinfo | None:
    """The time zone of the browser, so that today is the person's own day; None where it has not said.

    The plan's script writes the cookie, for the plan's addresses alone: minutes ahead of UTC.
    """
    minutes = request.COOKIES.get("offset", "")
    if not re.fullmatch(r"-?[0-9]{1,3}", minutes) or abs(int(minutes)) > FARTHEST_OFFSET:
        return None
    return timezone.get_fixed_timezone(int(minutes))


def private(response: Response) -> Response:
    """Mark an answer as one person's whom a cookie tells from others."""
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return private_pages.private(response)


def forget_all(response: HttpResponse, has_others: bool = False) -> None:
    """Have the browser drop the key, and every other cookie of a reader's, but for those of plans that lie aside."""
    keys.forget(response)
    response.delete_cookie("offset", path=reverse("plan:plan"), samesite="Lax")
    if not has_others:
        # By this word answers to forms are given back on Back; forms of other plans in other tabs are known by it, too.
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")


def unknown(request: HttpRequest, forget: bool = True) -> HttpResponse:
    """The one answer to every wrong key, whatever is wrong with it; the browser drops the key that it kept."""
    response = render(request, "plan/unknown.html", status=404)
    if forget:
        keys.forget(response)
    return private(response)


def ended(request: HttpRequest) -> HttpResponse:
    """What a browser sees whose visit has ended by itself, or was closed from elsewhere."""
    response = render(request, "plan/ended.html", status=404)
    forget_all(response)
    return private(response)


def held(request: CountedHttpRequest) -> Plan | None:
    """The plan that this browser has open, if its key opens one."""
    key = request.COOKIES.get(keys.cookie_name())
    try:
        return find(request, key) if key else None
    except UnknownKey:
        return None


def for_another(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The answer to a form that was begun for another plan than the open one: what it sent, and the way back."""
    begun_for = several.begun_for(request)
    own = {"csrfmiddlewaretoken", several.FIELD, "to", "then"}
    fields = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    context = {
        "plan": plan,
        "fields": fields,
        "typed": [(name, value) for name, value in fields if value and not name.startswith("was-")],
        "begun_for": begun_for,
        "then": request.POST.get("then") or request.get_full_path(),
        "has_files": bool(request.FILES),
    }
    request.form_fields = {several.FIELD: begun_for}
    return private(render(request, "plan/another.html", context, status=409))


def personal(view: PlanView[Parameters]) -> View[Parameters]:
    """A view of one person's plan: it gets `(request, plan, ...)`, where the plan is None for a browser without one.

    A form that was begun for another plan is not for the view.
    """
    return _personal(view, refused=for_another)


def personal_tool(view: PlanView[Parameters]) -> View[Parameters]:
    """The same for a form that does more than to save: one that was begun for another plan is answered without a plan.

    The view must save nothing then: `request.is_for_another`.
    """
    return _personal(view, refused=None)


def _personal(
    view: PlanView[Parameters], refused: Callable[[PlanRequest, Plan | None], HttpResponse] | None
) -> View[Parameters]:

    @wraps(view)
    def guarded(request: PlanRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        key = request.COOKIES.get(keys.cookie_name())
        try:
            plan = find(request, key) if key else None
            fresh = _touch(request, plan, key) if plan is not None and key else None
            begun_for, here = several.begun_for(request), several.mark(plan)
            request.is_for_another = begun_for not in {"", here}
            request.form_fields = {several.FIELD: begun_for if request.is_for_another else here}
            request.named_plans = [(mark, name, mark == here) for mark, name in several.names(request).items()]
            with timezone.override(their_zone(request)):
                if request.is_for_another and refused:
                    response = refused(request, plan)
                else:
                    response = view(request, None if request.is_for_another else plan, *args, **kwargs)
        except UnknownKey:
            return ended(request) if key and keys.is_visit(key) else unknown(request)
        new_key = getattr(request, "new_plan_key", None) or fresh
        if new_key and keys.cookie_name() not in response.cookies:
            keys.keep(response, new_key)
        return private(response)

    return guarded


def with_plan(view: Callable[Concatenate[PlanRequest, Plan, Parameters], HttpResponse]) -> View[Parameters]:
    """A view that needs a plan: a browser without one is led to the page that says how to start."""

    @personal
    @wraps(view)
    def guarded(
        request: PlanRequest, plan: Plan | None, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponse:
        if plan is None:
            return redirect("plan:plan")
        return view(request, plan, *args, **kwargs)

    return guarded
