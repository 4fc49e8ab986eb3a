"""The reading addresses. They are kept for good: readers, search engines and plans hold on to them."""

from django.urls import path

from . import browse, compare_views, glossary, machines, preview, reports, views
from .search.views import search
from .tools import TOOLS

app_name = "guides"

urlpatterns = [
    path("", views.home, name="home"),
    path("guides/", browse.guide_list, name="list"),
    path("guides/<slug:guide>.json", views.guide_json, name="json"),
    path("guides/<slug:guide>.png", machines.image, name="image"),
    path("guides/<slug:guide>/", views.guide, name="guide"),
    path("guides/<slug:guide>/print/", views.print_page, name="print"),
    path("guides/<slug:guide>/sources/", views.sources, name="sources"),
    *[path(f"guides/<slug:guide>/{key}/", views.tool, {"key": key}, name="tool") for key in TOOLS],
    path("guides/<slug:guide>/<slug:section>/", views.section, name="section"),
    path("search/", search, name="search"),
    path("glossary/", glossary.page, name="glossary"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("feed/", machines.feed, name="feed"),
    path("schema/guide.json", machines.schema, name="schema"),
    path("compare/", compare_views.page, name="compare"),
    path("report/", reports.report, name="report"),
    path("report/thanks/", reports.thanks, name="report_thanks"),
    path("preview/<str:token>/<path:path>", preview.preview, name="preview"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
