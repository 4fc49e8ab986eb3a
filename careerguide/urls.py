"""Every address of the site, and the pages for requests that fail."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from guides.registry import EXTENSIONS

from . import errors, health, kept_pages, style_page
from .monitoring import views as monitoring

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("counters.json", monitoring.for_monitor, name="counters"),
    path("kept-pages/", kept_pages.kept_pages, name="kept_pages"),
    *([path("style/", style_page.style_page)] if settings.DEBUG else []),
    # Those of guides come last: there any word below a guide's address is a section's.
    *(path(added.url_prefix, include(added.urls)) for added in EXTENSIONS.values() if added.urls),
    path("", include("guides.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
