"""Inviting somebody: a link for one person, which gives them an account with the chosen roles once.

The link holds a random key of which only a hash is kept, and in its query string, which no log has. Opened, the key is
exchanged for a note in the visitor's session at once: it stands in no address that they see or that is sent on.
"""

import hashlib
import logging
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, auth, messages
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from guides.registry.private_pages import shown_once
from guides.registry.throttling import throttled

from .. import audit
from ..models import Invitation
from . import roles

LASTS = timedelta(days=7)
# How long the list of invitations, and with it a person's address, goes on showing one that has ended.
KEPT_FOR = timedelta(days=90)
# Whoever may do this may invite.
RIGHT = "auth.add_user"
# In the visitor's session: which invitation their link opened.
OPENED = "invitation"
BACKEND = "django.contrib.auth.backends.ModelBackend"
log = logging.getLogger(__name__)


class InviteForm(forms.Form):
    """Whom to invite, and to what."""

    for_whom = forms.CharField(
        label=gettext_lazy("Who it is for"),
        max_length=150,
        help_text=gettext_lazy("Such as a name: so that you know the invitation again in the list below."),
    )
    roles = roles.RolesField()
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Leave it empty to hand over the link yourself: you are shown it in any case."),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["roles"]
        if isinstance(field, roles.RolesField):
            field.queryset = roles.givable_by(user)
        if not settings.SENDS_MAIL:
            self.fields["email"].help_text = _(
                "This site sends no mail (MAIL_URL is not set): hand over the link yourself. The address is filled in "
                "for the person."
            )


class NewAccountForm(UserCreationForm):  # type: ignore[type-arg]  # takes none while the program runs
    """What the invited person chooses."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "email")
        labels = {"username": gettext_lazy("Name to sign in with"), "email": gettext_lazy("E-mail address")}
        help_texts = {
            "username": gettext_lazy("Letters, digits and @/./+/-/_ only. Other editors see it beside what you write."),
            "email": gettext_lazy("For a link when you have forgotten your password. You can leave it empty."),
        }


def hashed(key: str) -> str:
    """The hash under which an invitation is found. The key is random and long: a plain hash will do."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def still_open() -> QuerySet[Invitation]:
    """The invitations that can be accepted."""
    now = timezone.now()
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, ends_at__gt=now)


@transaction.atomic
def make(by: User, for_whom: str, email: str, groups: QuerySet[Group]) -> tuple[Invitation, str]:
    """Make an invitation; return it and its key, which nobody can read again."""
    key = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        for_whom=for_whom, email=email, key_hash=hashed(key), made_by=by, ends_at=timezone.now() + LASTS
    )
    invitation.roles.set(groups)
    return invitation, key


def delete_old() -> int:
    """Delete invitations that ended long ago; return how many."""
    deleted = Invitation.objects.filter(ends_at__lt=timezone.now() - KEPT_FOR).delete()[1]
    return deleted.get(Invitation._meta.label, 0)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """List the invitations; make one, and show its link this once."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    user = roles.person(request)
    form = InviteForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        invitation, key = make(user, asked["for_whom"], asked["email"], asked["roles"])
        audit.event("invited", request, user.get_username(), about=f"invitation {invitation.pk}")
        link = f"{settings.SITE_URL}{reverse('admin:invitation')}?{urlencode({'key': key})}"
        is_sent = bool(asked["email"]) and settings.SENDS_MAIL and _send(invitation, link)
        # Never kept by the browser: the page holds the key.
        made = {"invitation": invitation, "link": link, "is_sent": is_sent, "title": _("The invitation is ready")}
        return _page(request, "people/invited.html", made)
    listed = Invitation.objects.select_related("made_by", "account").prefetch_related("roles")
    context = {"form": form, "invitations": listed, "days": LASTS.days, "title": _("Invitations")}
    return _page(request, "people/invitations.html", context, 422 if form.errors else 200)


def _send(invitation: Invitation, link: str) -> bool:
    """Send the link; whether that went well."""
    text = render_to_string("people/invitation.txt", {"invitation": invitation, "link": link})
    try:
        return bool(send_mail(_("An invitation to write for Careerguide"), text, None, [invitation.email]))
    except OSError as fault:  # SMTP's errors are of this kind, too
        # The trace would show the text, and in it the key.
        log.error("An invitation could not be sent: %s", type(fault).__name__)
        return False


@never_cache
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End an invitation that was not accepted yet."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    invitation = get_object_or_404(Invitation, pk=pk)
    if still_open().filter(pk=pk).update(revoked_at=timezone.now()):
        audit.event("invitation revoked", request, request.user.get_username(), about=f"invitation {pk}")
        messages.success(request, _("The link for %(name)s does not work any more.") % {"name": invitation.for_whom})
    else:
        messages.warning(request, _("That invitation had ended already."))
    return HttpResponseRedirect(reverse("admin:invitations"))


@throttled("invitation", most=60, seconds=900)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Let the invited person choose a name and a password, and sign them in."""
    if "key" in request.GET:
        return _opened(request, request.GET["key"])
    invitation = still_open().filter(pk=request.session.get(OPENED, 0)).first()
    if invitation is None:
        return _over(request)
    form = NewAccountForm(request.POST if request.method == "POST" else None, initial={"email": invitation.email})
    if form.is_bound and form.is_valid():
        user = _take(invitation, form)
        if user is None:
            return _over(request)
        audit.event("invitation accepted", request, user.get_username(), about=f"invitation {invitation.pk}")
        auth.login(request, user, backend=BACKEND)
        request.session.pop(OPENED, None)
        # Where the site asks for a second factor, the door leads to that first.
        return HttpResponseRedirect(reverse("admin:index"))
    context = {
        "form": form,
        "invitation": invitation,
        "roles": [roles.name_of(group) for group in invitation.roles.all()],
        "title": _("Welcome to the editors’ desk"),
    }
    return _page(request, "people/accept.html", context, 422 if form.errors else 200)


def _opened(request: HttpRequest, key: str) -> HttpResponse:
    """Exchange the key for a note in the session. A look at the link, as of a mail program, uses nothing up."""
    invitation = still_open().filter(key_hash=hashed(key)).first()
    if invitation is None:
        return _over(request)
    request.session[OPENED] = invitation.pk
    return HttpResponseRedirect(reverse("admin:invitation"))


@transaction.atomic
def _take(invitation: Invitation, form: NewAccountForm) -> User | None:
    """Make the account; None where somebody else has used the link meanwhile."""
    locked = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if locked is None or not still_open().filter(pk=locked.pk).exists():
        return None
    user: User = form.save()
    user.groups.set(locked.roles.all())
    roles.settle(user)
    locked.accepted_at, locked.account = timezone.now(), user
    locked.save(update_fields=["accepted_at", "account"])
    return user


def _over(request: HttpRequest) -> HttpResponse:
    """410: of a wrong link no more is said than of one that has ended."""
    return _page(request, "people/invitation_over.html", {"title": _("This invitation does not work any more")}, 410)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return shown_once(render(request, template, admin.site.each_context(request) | context, status=status))
