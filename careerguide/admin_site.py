"""The admin's door: password, then a second factor where the account has one or the site asks for it."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device

from guides.registry.throttling import throttled

from . import second_factor, time_zones


class CareerguideAdminSite(admin.AdminSite):
    """Django's admin with a second factor, and sessions that end after a time without a click."""

    site_title = _("Careerguide editing")
    site_header = _("Careerguide editing")
    index_title = _("What needs you")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register admin classes; none for the keys of second factors, which nobody reads."""
        models = model_or_iterable if isinstance(model_or_iterable, (list, tuple)) else [model_or_iterable]
        shown = [model for model in models if model._meta.app_label not in {"otp_totp", "otp_static"}]
        super().register(shown, admin_class, **options)

    def get_urls(self):
        pages = [
            path("second-factor/", second_factor.enter, name="second_factor"),
            path("second-factor/set-up/", second_factor.set_up, name="second_factor_set_up"),
            path("second-factor/remove/", self.admin_view(second_factor.remove), name="second_factor_remove"),
            path("time-zone/", self.admin_view(time_zones.choose), name="time_zone"),
        ]
        return [*pages, *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        """Refuse the name of a field that is empty: Django looks for a field of that name, and fails."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
                raise BadRequest(TO_FIELD_VAR)
            return inner(request, *args, **kwargs)

        return checked

    def has_permission(self, request):
        """Whether the person may be in the admin at all."""
        if not super().has_permission(request):
            return False
        # Each admin page starts the idle time anew; reader pages never touch a session.
        request.session.modified = True
        return request.user.is_verified() or not self.needs_second_factor(request.user)

    @staticmethod
    def needs_second_factor(user):
        """Whether a password alone is not enough for this account."""
        return settings.REQUIRE_SECOND_FACTOR or user_has_device(user)

    # The wait after wrong passwords is for one name; this is for whoever tries many names.
    @throttled("login", most=100, seconds=900)
    def login(self, request, extra_context=None):
        """Send those whose password was right, but who still owe the second factor, to its page."""
        if super().has_permission(request) and not self.has_permission(request):
            name = "second_factor" if user_has_device(request.user) else "second_factor_set_up"
            target = urlencode({REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, "")})
            return HttpResponseRedirect(f"{reverse(f'admin:{name}')}?{target}")
        return super().login(request, extra_context)
