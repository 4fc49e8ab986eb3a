"""What a person does with alerts: saves one, makes its feed, asks for mail of it, sees what fits. All of it private."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides.forms import render_form
from guides.openings import browse
from guides.plan import access, purposes
from guides.plan.access import PlanRequest, personal, with_plan
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.registry import Action
from guides.registry.throttling import Limit

from . import fitting, saving
from .forms import AlertForm, MailAlertForm
from .models import Alert, MailAlert

# What a feed is for, and a calendar of closing dates: slugs of KeyPurposes.
FEED, CLOSINGS = "alert-feed", "alert-closings"
ASKED = Limit("alerts-mail", most=20, seconds=3600)


def alert_or_404(plan: Plan, slug: str) -> Alert:
    """Return the plan's alert of that name, or raise Http404."""
    alert = Alert.objects.filter(plan=plan, slug=slug).select_related("mail").first()
    if alert is None:
        raise Http404
    return alert


def _to_alerts(alert: Alert | None = None) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('alerts:list')}{f'#{alert.anchor}' if alert else ''}")


def next_actions(plan: Plan | None, alerts: list[Alert], openings: bool) -> list[Action]:
    """And now? What there is no word of yet, then what is due."""
    held, actions = {alert.subject for alert in alerts}, []
    if openings and "openings" not in held:
        why = _("Choose job, state and hours, then “Save this search”.")
        actions.append(Action(_("Get word of new openings"), reverse("openings:list"), why))
    if plan is None:
        why = _("What you save there stands in your plan, and its dates come here.")
        return [*actions, Action(_("Choose a guide to follow"), reverse("guides:list"), why)]
    if "dates" not in held:
        why = _("What is due in the days to come, so that nothing is late.")
        actions.append(Action(_("Get word of your own dates"), reverse("alerts:new", args=["dates"]), why))
    return [
        *actions,
        Action(_("See what is due this week"), reverse("plan:plan"), _("Up to three things, by your hours.")),
    ]


def _overview(request: HttpRequest, plan: Plan | None, **context: Any) -> HttpResponse:
    alerts = list(Alert.objects.filter(plan=plan).select_related("mail")) if plan else []
    openings = browse.are_there()
    context |= {"plan": plan, "alerts": alerts, "sends_mail": settings.SENDS_MAIL, "openings": openings}
    context["next_actions"] = next_actions(plan, alerts, openings)
    return render(request, "alerts/list.html", context)


@require_safe
@personal
def alert_list(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """What there is word of, each with its feed and mail."""
    return _overview(request, plan)


@require_safe
@personal
def cut_short(request: PlanRequest, plan: Plan | None, slug: str = "") -> HttpResponse:
    """Lead whoever cuts an address short to the list, and there to the alert that it names."""
    return _to_alerts(alert_or_404(plan, slug) if plan and slug else None)


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def new(request: PlanRequest, plan: Plan | None, subject: str) -> HttpResponse:
    """Save what the address names; a second time leads to what is there."""
    alert = saving.asked_for(subject, request.GET)
    held = saving.held(plan, alert)
    form = AlertForm(request.POST) if request.method == "POST" else AlertForm(initial={"name": alert.name})
    if form.is_bound and form.is_valid():
        try:
            return _to_alerts(saving.save(plan or access.make(request), alert, form.cleaned_data["name"]))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"plan": plan, "alert": alert, "held": held, "form": form, "action": request.get_full_path()}
    return render_form(request, "alerts/new.html", context, form)


@changing
@require_POST
@with_plan
def make_feed(request: PlanRequest, plan: Plan, slug: str, purpose: str) -> HttpResponse:
    """Make the key of a feed or a calendar. The answer shows its address, this one time."""
    alert = alert_or_404(plan, slug)
    if plan.visit is not None or not alert.has_feed:
        return _to_alerts(alert)
    try:
        _key, path = purposes.make(plan, purpose, alert.name[:60], alert.anchor)
    except ValidationError as refusal:
        return _overview(request, plan, refusal=refusal)
    return _overview(request, plan, made=alert, address=f"{settings.SITE_URL}{path}", is_calendar=purpose == CLOSINGS)


@changing
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def mail(request: PlanRequest, plan: Plan, slug: str) -> HttpResponse:
    """Ask for mail of an alert: a step of its own, since the plan holds no address otherwise."""
    alert = alert_or_404(plan, slug)
    if not settings.SENDS_MAIL:
        return _to_alerts(alert)
    form = MailAlertForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        request.spend(ASKED)
        try:
            saving.ask(alert, form.cleaned_data["email"], form.cleaned_data["rhythm"])
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            return _to_alerts(alert)
    return render_form(request, "alerts/mail.html", {"plan": plan, "alert": alert, "form": form}, form)


@changing
@require_POST
@with_plan
def end_mail(request: PlanRequest, plan: Plan, slug: str) -> HttpResponse:
    """Forget the address."""
    alert = alert_or_404(plan, slug)
    MailAlert.objects.filter(alert=alert).delete()
    return _to_alerts(alert)


@require_safe
@with_plan
def for_plan(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Openings that fit what the plan holds, each with its reasons and what it lacks."""
    return render(request, "alerts/for_plan.html", {"plan": plan, "fit": fitting.of(plan)})
