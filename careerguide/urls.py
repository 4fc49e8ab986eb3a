"""Every address of the site, and the pages for requests that fail."""

from django.contrib import admin
from django.urls import include, path

from . import errors, health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("plan/", include("guides.plan.urls")),
    path("", include("guides.readiness.urls")),
    path("", include("guides.toolkit.urls")),
    path("", include("guides.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
