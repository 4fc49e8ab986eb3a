"""Whose a page is: each form of the admin says under our seal to whom it was shown, and goes on saying so later."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, User
from django.core import signing
from django.http import HttpRequest

FIELD = "opened_by"
HEADER = "Opened-By"
# How long after it was opened a page is still known as somebody's.
LASTS = timedelta(days=30)
_seal = signing.TimestampSigner(salt="careerguide.signing_in.owner")


def proof(user: AbstractBaseUser) -> str:
    """Return what a page that is shown to `user` carries along. Nobody else can make it."""
    return _seal.sign(str(user.pk))


def owner_of(request: HttpRequest) -> User | None:
    """Return whose page sent `request`, or None where it does not say so, or says so wrongly or too late."""
    sealed = request.POST.get(FIELD) or request.headers.get(HEADER, "")
    try:
        key = _seal.unsign(sealed, max_age=LASTS)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key).first()
