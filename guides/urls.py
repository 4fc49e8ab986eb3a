"""The reading addresses. They are kept for good: readers, search engines and plans hold on to them."""

from django.urls import path

from . import preview, reports, views
from .tools import TOOLS

app_name = "guides"

urlpatterns = [
    path("", views.home, name="home"),
    path("guides/", views.guide_list, name="list"),
    path("guides/<slug:guide>.json", views.guide_json, name="json"),
    path("guides/<slug:guide>/", views.guide, name="guide"),
    path("guides/<slug:guide>/print/", views.print_page, name="print"),
    path("guides/<slug:guide>/sources/", views.sources, name="sources"),
    *[path(f"guides/<slug:guide>/{key}/", views.tool, {"key": key}, name="tool") for key in TOOLS],
    path("guides/<slug:guide>/<slug:section>/", views.section, name="section"),
    path("report/", reports.report, name="report"),
    path("report/thanks/", reports.thanks, name="report_thanks"),
    path("preview/<str:token>/<path:path>", preview.preview, name="preview"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
