"""What a form sent when nobody was signed in any more: kept for whoever typed it, and for nobody else."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..models import KeptForm
from ..outage import SECRETS
from . import owner

# The name of the field by which a kept form, sent once more, says which one it is.
FIELD = "kept_form"
# What a page adds to a form by itself, anew each time.
MACHINERY = frozenset({"csrfmiddlewaretoken", owner.FIELD, FIELD})
MOST = 20
# Answers that leave nothing to be sent again: done, or asked again with everything in its field.
ARRIVED = frozenset({200, 302, 409, 410, 422})


def of(user: User | AnonymousUser) -> QuerySet[KeptForm]:
    """The forms that are kept for `user`, newest first."""
    return KeptForm.objects.filter(owner=user.pk, kept_at__gt=timezone.now() - owner.LASTS).order_by("-kept_at", "-pk")


def delete_old() -> int:
    """Delete what nobody has asked for in time; return how many forms that were."""
    return KeptForm.objects.filter(kept_at__lte=timezone.now() - owner.LASTS).delete()[0]


def wants_page(request: HttpRequest) -> bool:
    """Whether the answer is shown as a page, and not by a script inside of one."""
    return "HX-Request" not in request.headers and request.headers.get("Sec-Fetch-Dest", "document") != "empty"


def signed_out() -> HttpResponse:
    """401 for a script: it must not put a login page into the page that asked."""
    response = HttpResponse("You are signed out.", status=401, content_type="text/plain; charset=utf-8")
    response["WWW-Authenticate"] = 'Form realm="admin"'
    return response


@transaction.atomic
def keep(request: HttpRequest, user: User) -> KeptForm | None:
    """Keep what `user` typed into the form that was sent, but for passwords; None where it holds nothing to keep."""
    fields = [[name, value] for name, values in request.POST.lists() for value in values]
    fields = [[name, value] for name, value in fields if name not in MACHINERY | SECRETS]
    # NUL, which no page of ours sends, is more than a database takes.
    if not fields or "\0" in "".join(name + value for name, value in fields):
        return None
    forget(request, user)
    kept = KeptForm.objects.create(owner=user, address=request.get_full_path(), fields=fields)
    user.kept_forms.exclude(pk__in=of(user).values("pk")[:MOST]).delete()
    return kept


def forget(request: HttpRequest, user: User | AnonymousUser) -> None:
    """Delete what was kept for `user` and is in `request` once more."""
    key = request.POST.get(FIELD, "")
    if key.isdecimal() and len(key) < 19:
        KeptForm.objects.filter(owner=user.pk, pk=key).delete()


def taken(request: HttpRequest, response: HttpResponseBase) -> None:
    """Forget a kept form once it was sent again and arrived: it was taken, or stands in the page that answers."""
    if FIELD in request.POST and response.status_code in ARRIVED:
        forget(request, request.user)


def instead(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a request that cannot go on as whoever opened its page: nobody is signed in any more, or
    somebody else is, or the page's token is from before they signed in again.

    None where nothing is kept: then Django answers as it does to anybody.
    """
    if not wants_page(request):
        return signed_out()
    author = owner.owner_of(request) if request.method == "POST" else None
    if author is None:
        return None
    kept, is_signed_in = keep(request, author), admin.site.has_permission(request)
    if is_signed_in and request.user != author:
        return render(request, "signing_in/somebody_else.html", _page(request, is_kept=bool(kept)), status=403)
    if kept is None:
        return None
    address = reverse("admin:kept_form", args=[kept.pk])
    return HttpResponseRedirect(address) if is_signed_in else redirect_to_login(address, reverse("admin:login"))


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back to its author what was kept, to be sent again or (POST) thrown away."""
    form = of(request.user).filter(pk=pk).first()
    if form is None:
        return render(request, "signing_in/not_yours.html", _page(request), status=404)
    if request.method == "POST":
        form.delete()
        return HttpResponseRedirect(reverse("admin:index"))
    context = _page(request, kept=form, field=FIELD, days=owner.LASTS.days)
    return render(request, "signing_in/kept.html", context)


def _page(request: HttpRequest, **context: Any) -> dict[str, Any]:
    return admin.site.each_context(request) | context
