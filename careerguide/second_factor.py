"""The second factor of editors: a code from an authenticator app, or one of ten recovery codes."""

from base64 import b32encode
from time import time
from typing import Any

import django_otp
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from guides import qr_codes
from guides.registry.throttling import throttled

from . import audit
from .going_back import is_shown_on_back

RECOVERY_CODES = 10
# In the session: until when the recovery codes are shown, so that a reload and Back do not lose them.
CODES_SHOWN_UNTIL = "recovery_codes_shown_until"
CODES_SHOWN_FOR = 600  # seconds
_seal = signing.TimestampSigner(salt="careerguide.second_factor")

staff_only = user_passes_test(lambda user: user.is_active and user.is_staff, login_url="admin:login")


def is_verified(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the second factor of `user` was given; django_otp's middleware puts the question on each user."""
    return bool(getattr(user, "is_verified")())  # noqa: B009 (no attribute that Django declares)


def is_needed(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a password alone is not enough for this account."""
    return settings.REQUIRE_SECOND_FACTOR or bool(django_otp.user_has_device(user))


class CodeForm(forms.Form):
    """One code, from the app or from the list of recovery codes."""

    code = forms.CharField(
        max_length=20,
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return code.replace(" ", "").lower()


def _context(request: HttpRequest, **extra: Any) -> dict[str, Any]:
    return admin.site.each_context(request) | extra


def _onward(request: HttpRequest) -> HttpResponse:
    """Go where the person was heading, on this site only."""
    target = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe and target.startswith("/") else reverse("admin:index"))


@throttled("second-factor", most=20, seconds=900)
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for a code after the password."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and take_code(request, form):
        return _onward(request)
    status = 422 if form.errors else 200
    page = render(request, "second_factor/enter.html", _context(request, form=form), status=status)
    add_never_cache_headers(page)
    return is_shown_on_back(page) if form.errors else page


def take_code(request: HttpRequest, form: CodeForm) -> bool:
    """Finish signing in with the code that was sent; where it is not right, say so in `form` and return False."""
    if not form.is_valid():
        return False
    device = django_otp.match_token(request.user, form.cleaned_data["code"])
    if device:
        django_otp.login(request, device)
        # Whoever knew the session's name before the code was given must not know it after.
        request.session.cycle_key()
        return True
    audit.event("second factor failed", request, request.user.get_username())
    form.add_error("code", _("That code is not right, or it has been used. Wait for the next one and try again."))
    return False


@throttled("second-factor", most=20, seconds=900)
@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the key as QR picture and as text, and take a first code as proof that it arrived."""
    if django_otp.user_has_device(request.user):
        # A password alone must not replace the second factor.
        return HttpResponseRedirect(reverse("admin:index" if is_verified(request.user) else "admin:second_factor"))
    key = _sent_key(request) or default_key()
    device, form = TOTPDevice(user=request.user, name="App", key=key), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _is_right(device, form.cleaned_data["code"]):
            return _confirm(request, device)
        form.add_error("code", _("That code is not right. Check that the phone's clock is, and try the next code."))
    context = {"form": form, "key": _in_groups(device), "picture": qr_codes.picture(device.config_url)}
    context["sealed"] = _seal.sign(f"{request.user.pk}:{key}")
    status = 422 if form.errors else 200
    return render(request, "second_factor/set_up.html", _context(request, **context), status=status)


def _sent_key(request: HttpRequest) -> str | None:
    """Return the key that the page showed to this person within the hour, or None.

    The page carries it along, sealed: until a code proves that the key arrived, nothing is stored.
    """
    try:
        owner, _colon, key = _seal.unsign(request.POST.get("sealed", ""), max_age=3600).partition(":")
    except signing.BadSignature:
        return None
    return key if owner == str(request.user.pk) else None


def _is_right(device: TOTPDevice, code: str) -> bool:
    """Whether `code` is the present one of a device that is not stored yet; if so, note that it has been used."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time()
    if not code.isdecimal() or not totp.verify(int(code), device.tolerance):
        return False
    device.last_t, device.drift = totp.t(), totp.drift
    return True


def _confirm(request: HttpRequest, device: TOTPDevice) -> HttpResponse:
    """Store the device, and lead to the page that shows the recovery codes."""
    tokens = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    with transaction.atomic():
        TOTPDevice.objects.filter(user=request.user).delete()
        StaticDevice.objects.filter(user=request.user).delete()
        device.save()
        spare = StaticDevice.objects.create(user=request.user, name="Recovery codes")
        StaticToken.objects.bulk_create(StaticToken(device=spare, token=token) for token in tokens)
    django_otp.login(request, device)
    request.session.cycle_key()
    request.session[CODES_SHOWN_UNTIL] = time() + CODES_SHOWN_FOR
    audit.event("second factor set up", request, request.user.get_username())
    return HttpResponseRedirect(reverse("admin:second_factor_codes"))


@never_cache
@staff_only
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes to whoever has just set up the second factor, for ten minutes; then never again."""
    if not is_verified(request.user) or request.session.get(CODES_SHOWN_UNTIL, 0) < time():
        return HttpResponseRedirect(reverse("admin:index"))
    tokens = StaticToken.objects.filter(device__user=request.user).order_by("pk").values_list("token", flat=True)
    return render(request, "second_factor/codes.html", _context(request, codes=list(tokens)))


@throttled("second-factor", most=20, seconds=900)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def remove(request: HttpRequest) -> HttpResponse:
    """Take the second factor off the account, for a new phone; only with it."""
    if request.method == "POST" and is_verified(request.user):
        TOTPDevice.objects.filter(user=request.user).delete()
        StaticDevice.objects.filter(user=request.user).delete()
        audit.event("second factor removed", request, request.user.get_username())
        messages.success(request, _("The second factor is off. Set it up again on your new device."))
        return HttpResponseRedirect(reverse("admin:second_factor_set_up"))
    return render(request, "second_factor/remove.html", _context(request))


def _in_groups(device: TOTPDevice) -> str:
    """The device's key as people type it: base 32, four characters a group."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
