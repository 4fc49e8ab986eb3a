"""What opens by a key and without the plan's cookie: a feed, a calendar, and the links in mails."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guides.plan import access
from guides.plan.access import PlanRequest
from guides.registry.private_pages import private
from guides.registry.throttling import throttled

from . import feeds, mailing, signing
from .models import Alert
from .views import CLOSINGS, FEED

by_mail = throttled("alerts-link", most=300, seconds=3600)


def _alert(request: PlanRequest, purpose: str) -> Alert | None:
    """The alert that the key in the address shows; None where it shows none (any more)."""
    try:
        key = access.shared(request, request.GET.get("key", ""), purpose)
    except access.UnknownKey:
        return None
    return Alert.objects.filter(plan=key.plan, slug=key.about.rpartition("-")[2]).first()


def _nothing(what: str) -> HttpResponse:
    return private(HttpResponse(what, status=404, content_type="text/plain; charset=utf-8"))


@require_safe
def feed(request: PlanRequest) -> HttpResponse:
    """An alert as an Atom feed. Asking counts as opening the plan, so that it does not expire under a living feed."""
    alert = _alert(request, FEED)
    if alert is None:
        return _nothing("No feed opens with this key.\n")
    return private(HttpResponse(feeds.atom(alert), content_type="application/atom+xml; charset=utf-8"))


@require_safe
def closings(request: PlanRequest) -> HttpResponse:
    """The closing dates of a saved search, for a calendar program."""
    alert = _alert(request, CLOSINGS)
    if alert is None:
        return _nothing("No calendar opens with this key.\n")
    return private(HttpResponse(feeds.calendar(alert), content_type="text/calendar; charset=utf-8"))


@by_mail
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The link in the first mail. It asks: programs that look links over for harm open them too."""
    mail = signing.opened(request.GET.get("key", ""), signing.CONFIRM)
    if mail is None:
        return private(render(request, "alerts/no_such_link.html", status=404))
    if request.method == "POST" and mail.confirmed_at is None:
        mailing.begin(mail)
    return private(render(request, "alerts/confirm.html", {"mail": mail, "alert": mail.alert}))


@csrf_exempt  # a mail program's own button sends it, with neither cookie nor token; the signed key is what counts
@by_mail
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """End mails: by the button of a mail program (RFC 8058), or by the link in the mail, which asks."""
    mail = signing.opened(request.GET.get("key", ""), signing.STOP)
    if mail is None:
        # Also whoever ends it a second time.
        return private(render(request, "alerts/stopped.html", {"was_known": False}))
    if request.method == "POST":
        mail.delete()
        return private(render(request, "alerts/stopped.html", {"was_known": True}))
    return private(render(request, "alerts/stop.html", {"mail": mail, "alert": mail.alert}))
