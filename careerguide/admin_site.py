"""The admin's door: password, then a second factor where the account has one or the site asks for it."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404, URLPattern, URLResolver, path, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device

from guides.registry.throttling import throttled
from guides.views import unsaved

from . import second_factor, time_zones
from .going_back import is_shown_on_back
from .monitoring import views as monitoring
from .people import invitations, lost_factor, passwords, sessions
from .signing_in import again, kept, owner

# Whatever it asks for beside the request.
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class CareerguideAdminSite(admin.AdminSite):
    """Django's admin with a second factor, and sessions that end after a time without a click."""

    site_title = _("Careerguide editing")
    site_header = _("Careerguide editing")
    index_title = _("What needs you")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[admin.ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Register admin classes; none for the keys of second factors, which nobody reads."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model._meta.app_label not in {"otp_totp", "otp_static"}]
        super().register(ours, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        pages = [
            path("second-factor/", second_factor.enter, name="second_factor"),
            path("second-factor/set-up/", second_factor.set_up, name="second_factor_set_up"),
            path("second-factor/codes/", second_factor.codes, name="second_factor_codes"),
            path("second-factor/remove/", self.admin_view(second_factor.remove), name="second_factor_remove"),
            path("invitation/", invitations.accept, name="invitation"),
            path("invitations/", self.admin_view(invitations.invite), name="invitations"),
            path("invitations/<int:pk>/revoke/", self.admin_view(invitations.revoke), name="invitation_revoke"),
            path("password/forgotten/", passwords.forgotten, name="password_forgotten"),
            path("password/sent/", passwords.sent, name="password_forgotten_sent"),
            path("password/choose/", passwords.choose, name="password_choose"),
            path("people/<int:pk>/password/", self.admin_view(passwords.make_link), name="password_link"),
            path("people/<int:pk>/second-factor/", self.admin_view(lost_factor.reset), name="lost_second_factor"),
            path("sessions/", self.admin_view(sessions.own), name="sessions"),
            path("counters/", self.admin_view(monitoring.page), name="counters"),
            path("time-zone/", self.admin_view(time_zones.choose), name="time_zone"),
            path("sign-in/", again.again, name="sign_in"),
            path("sign-in/code/", again.code, name="sign_in_code"),
            path("kept/<int:pk>/", self.admin_view(kept.show), name="kept_form"),
            path("unsaved/", self.admin_view(unsaved.keep), name="unsaved_keep"),
            path("unsaved/<int:pk>/", self.admin_view(unsaved.show), name="unsaved_text"),
        ]
        return [*pages, *super().get_urls()]

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Refuse the name of a field that is empty: Django looks for a field of that name, and fails.

        Keep what was sent by someone who is not signed in any more.
        """
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
                raise BadRequest(_("“%(name)s” is empty: it names a field.") % {"name": TO_FIELD_VAR})
            if not self._may_go_on(request):
                return kept.instead(request) or inner(request, *args, **kwargs)
            response = inner(request, *args, **kwargs)
            kept.taken(request, response)
            return is_shown_on_back(response) if request.method == "POST" else response

        return cast(View, checked)

    def _may_go_on(self, request: HttpRequest) -> bool:
        """Whether the person may be here, and is who the page was shown to that sent the request."""
        if request.resolver_match and request.resolver_match.url_name == "logout":
            return True  # to leave one needs no leave
        if not self.has_permission(request):
            return False
        author = owner.owner_of(request) if owner.FIELD in request.POST else None
        return author is None or author == request.user

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may be in the admin at all."""
        if not super().has_permission(request):
            return False
        # Each admin page starts the idle time anew; reader pages never touch a session.
        request.session.modified = True
        user = request.user
        if second_factor.is_verified(user):
            return True
        # Asked several times a page; two queries each.
        owes: bool | None = getattr(user, "owes_second_factor", None)
        if owes is None:
            owes = second_factor.is_needed(user)
            setattr(user, "owes_second_factor", owes)  # noqa: B010 (no attribute that Django declares)
        return not owes

    # The wait after wrong passwords is for one name; this is for whoever tries many names.
    @throttled("login", most=100, seconds=900)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send those whose password was right, but who still owe the second factor, to its page."""
        if not kept.wants_page(request):
            return kept.signed_out()
        if super().has_permission(request) and not self.has_permission(request):
            name = "second_factor" if user_has_device(request.user) else "second_factor_set_up"
            target = urlencode({REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, "")})
            return HttpResponseRedirect(f"{reverse(f'admin:{name}')}?{target}")
        response = super().login(request, {"leads_to_kept": _leads_to_kept(request)} | (extra_context or {}))
        return is_shown_on_back(response) if request.method == "POST" else response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show first what was typed and not saved."""
        typed = {"kept_forms": kept.of(request.user), "unsaved_texts": unsaved.of(request.user)}
        return super().index(request, typed | (extra_context or {}))


def _leads_to_kept(request: HttpRequest) -> bool:
    """Whether the person signs in to go on with what was kept for them."""
    target = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    try:
        return resolve(target).view_name == "admin:kept_form"
    except Resolver404:
        return False
