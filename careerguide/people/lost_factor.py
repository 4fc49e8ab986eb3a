"""A second factor that somebody has lost: those who run the site take it off, after a question, and it is logged."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .. import audit
from . import log_entries, sessions
from .roles import person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first; then take the second factor off the account, and end its sessions."""
    if not person(request).is_superuser:
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk)
    if account == request.user:
        # One's own goes with the second factor itself, so that a session left open is not enough.
        return HttpResponseRedirect(reverse("admin:second_factor_remove"))
    has_factor = user_has_device(account)
    if request.method == "POST" and has_factor:
        _take_off(request, account)
        messages.success(request, _("The second factor of %(name)s is off.") % {"name": account})
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))
    context = {"account": account, "has_factor": has_factor, "title": _("Take a lost second factor off")}
    return render(request, "people/second_factor.html", admin.site.each_context(request) | context)


@transaction.atomic
def _take_off(request: HttpRequest, account: User) -> None:
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()
    # Whoever has the lost device may have a session on it.
    sessions.end(account)
    log_entries.changed(request, account, _("Took the second factor off."))
    audit.event("second factor reset", request, request.user.get_username(), about=account.username)
