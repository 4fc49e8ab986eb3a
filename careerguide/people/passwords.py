"""A forgotten password: a link by mail, or from somebody who runs the site. Django's views, with addresses of ours.

The link's key is Django's own signed word, good for one password and for a day; nothing of it is kept. It stands in
the query string, which no log has.
"""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from axes.utils import reset as reset_attempts
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from guides.registry.private_pages import shown_once
from guides.registry.throttling import Limit, throttled

from .. import audit, throttle
from . import log_entries
from .roles import person

# What one address may be sent, from however many clients it is asked for.
TO_ONE_ADDRESS = Limit("forgotten-password-mail", most=3, seconds=3600)
# In the visitor's session: whose password their link changes.
OPENED = "password_of"
log = logging.getLogger(__name__)


def link_for(user: User) -> str:
    """The address at which `user` chooses a new password, once, within a day."""
    key = f"{urlsafe_base64_encode(force_bytes(user.pk))}.{default_token_generator.make_token(user)}"
    return f"{settings.SITE_URL}{reverse('admin:password_choose')}?{urlencode({'key': key})}"


class ThenRedirect(HttpResponseRedirect):
    """A redirect that does something once it has been sent: how long that takes, nobody can tell."""

    def __init__(self, address: str, then: Callable[[], None]) -> None:
        super().__init__(address)
        self.then = then

    def close(self) -> None:
        try:
            self.then()
        except Exception as fault:
            # The trace would show the text of the mail, and in it the key.
            log.error("A link for a new password could not be sent: %s", type(fault).__name__)
        finally:
            super().close()


class ForgottenForm(PasswordResetForm):
    """The address to which a link is sent, if an account that can sign in has it."""

    def get_users(self, email: str) -> Iterable[User]:
        return [user for user in super().get_users(email) if isinstance(user, User) and user.is_staff]

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        # Not Django's own, which logs a failure with the server's words, and those name the address.
        text = render_to_string(email_template_name, context | {"link": link_for(context["user"])})
        send_mail(_("A new password for Careerguide"), text, from_email, [to_email])


class ForgottenView(PasswordResetView):
    """Ask for the address. The answer is the same, and as quick, whether an account has it or not."""

    form_class = ForgottenForm
    template_name = "people/forgotten.html"
    email_template_name = "people/forgotten.txt"
    success_url = reverse_lazy("admin:password_forgotten_sent")
    title = gettext_lazy("Forgotten password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return admin.site.each_context(self.request) | super().get_context_data(
            sends_mail=settings.SENDS_MAIL, **kwargs
        )

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        return ThenRedirect(str(self.success_url), partial(self.send, form))

    def send(self, form: PasswordResetForm) -> None:
        if throttle.count(TO_ONE_ADDRESS, form.cleaned_data["email"].lower()) == 0:
            super().form_valid(form)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, status=422 if context["form"].errors else 200)


@throttled("forgotten-password", most=10, seconds=3600)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """The page behind 'Forgotten your password?'."""
    return ForgottenView.as_view()(request)


@never_cache
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now: the same words for everybody."""
    context = admin.site.each_context(request) | {"title": _("Look into your mail"), "sends_mail": settings.SENDS_MAIL}
    return render(request, "people/forgotten_sent.html", context)


class ChooseView(PasswordResetConfirmView):
    """The new password. It ends every session that there is under the old one."""

    template_name = "people/choose_password.html"
    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Choose a new password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return admin.site.each_context(self.request) | super().get_context_data(**kwargs)

    def form_valid(self, form: "SetPasswordForm[Any]") -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.pop(OPENED, None)
        # Whoever had to wait after wrong passwords need not any more.
        reset_attempts(username=form.user.get_username())
        messages.success(self.request, _("Your new password is set. Sign in with it."))
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        form = context["form"]
        status = 410 if not self.validlink else 422 if form and form.errors else 200
        return super().render_to_response(context, status=status)


@throttled("choose-password", most=60, seconds=900)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Open a link; the key goes from the address into the session, as Django does it."""
    token = str(ChooseView.reset_url_token)
    if "key" in request.GET:
        request.session[OPENED], _dot, sent_token = request.GET["key"].replace("\0", "").partition(".")
        token = sent_token or "-"
    return ChooseView.as_view()(request, uidb64=request.session.get(OPENED, "-") or "-", token=token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for somebody who has forgotten their password, where no mail reaches them; show it this once."""
    if not person(request).is_superuser:
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk, is_active=True)
    context = {"account": account, "title": _("A link for a new password"), "link": ""}
    if request.method == "POST":
        context["link"] = link_for(account)
        log_entries.changed(request, account, _("Made a link for a new password."))
        audit.event("password link made", request, request.user.get_username(), about=account.username)
    page = render(request, "people/password_link.html", admin.site.each_context(request) | context)
    return shown_once(page)
