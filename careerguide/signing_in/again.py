"""Signing in again in a dialog over the page that one works on, which stays as it is."""

from typing import Any

from django import forms
from django.contrib import auth
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import user_has_device

from guides.registry.throttling import throttled

from .. import second_factor
from . import owner

# Ids of their own: the page below has forms too.
AUTO_ID = "sign_in_%s"


class PasswordForm(forms.Form):
    """The password of whoever opened the page; nobody else can sign in over it."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, author: User, data: Any = None) -> None:
        super().__init__(data, auto_id=AUTO_ID)
        self.request, self.author = request, author

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        user = auth.authenticate(self.request, username=self.author.get_username(), password=password)
        if user is None or user != self.author or not self.author.is_staff:
            raise forms.ValidationError(_("That password is not right. Try again; small and capital letters differ."))
        self.user = user
        return password


def _author(request: HttpRequest) -> User:
    author = owner.owner_of(request)
    if author is None:
        raise BadRequest(_("The form does not say whose page it was sent from."))
    return author


def _is_signed_in(request: HttpRequest, author: User) -> bool:
    """Whether the author's password at least is known to be theirs."""
    return request.user == author and author.is_active and author.is_staff


def _next_step(request: HttpRequest, author: User, is_verified: bool) -> HttpResponse:
    """Ask for what is still missing, or say that nothing is. `is_verified`: the second factor is known to be theirs."""
    if not _is_signed_in(request, author):
        return _ask(request, author, PasswordForm(request, author))
    if is_verified or not second_factor.is_needed(author):
        return render(request, "signing_in/_done.html")
    if user_has_device(author):
        return _ask(request, author, second_factor.CodeForm(auto_id=AUTO_ID))
    return _ask(request, author)


def _ask(request: HttpRequest, author: User, form: forms.Form | None = None) -> HttpResponse:
    """Show a step: the password, or the code, or (without a form) that a second factor must be set up first."""
    context = {
        "opened_by": author,
        "form": form,
        "is_password": isinstance(form, PasswordForm),
        "is_somebody_else": request.user.is_authenticated and request.user != author,
    }
    return render(request, "signing_in/_ask.html", context, status=422 if form and form.errors else 200)


# The same limit as the login page's own: it is the same door.
@throttled("login", most=100, seconds=900)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Say what the author of a page has yet to do to go on; take the password."""
    author = _author(request)
    if request.method == "POST" and not _is_signed_in(request, author):
        form = PasswordForm(request, author, request.POST)
        if not form.is_valid():
            return _ask(request, author, form)
        auth.login(request, form.user)
        return _next_step(request, author, is_verified=False)
    return _next_step(request, author, second_factor.is_verified(request.user))


@throttled("second-factor", most=20, seconds=900)
@never_cache
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Take the code, once the password was right."""
    author, is_verified = _author(request), second_factor.is_verified(request.user)
    if _is_signed_in(request, author) and user_has_device(author) and not is_verified:
        form = second_factor.CodeForm(request.POST, auto_id=AUTO_ID)
        is_verified = second_factor.take_code(request, form)
        if not is_verified:
            return _ask(request, author, form)
    return _next_step(request, author, is_verified)
