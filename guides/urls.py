"""The reading addresses. They are kept for good: readers, search engines and plans hold on to them."""

from django.urls import path

from .search.views import search
from .views import browse, compare, feedback, feeds, glossary, guide, pictures, preview, reports, share, tools

app_name = "guides"

urlpatterns = [
    path("", guide.home, name="home"),
    path("guides/", browse.guide_list, name="list"),
    path("guides/<slug:guide>.json", guide.guide_json, name="json"),
    path("guides/<slug:guide>.png", share.guide, name="image"),
    path("guides/<slug:guide>/", guide.guide, name="guide"),
    path("guides/<slug:guide>/print/", guide.print_page, name="print"),
    path("guides/<slug:guide>/sources/", guide.sources, name="sources"),
    path("guides/<slug:guide>/<slug:section>/", guide.section, name="section"),
    path("pictures/<str:name>", pictures.picture, name="picture"),
    path("search/", search, name="search"),
    path("glossary/", glossary.page, name="glossary"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("feed/", feeds.feed, name="feed"),
    path("schema/guide.json", feeds.schema, name="schema"),
    path("tools.png", share.site, name="site_image"),
    path("tools/<slug:tool>.png", share.tool, name="tool_image"),
    path("tools/", tools.tool_list, name="tools"),
    path("tools/<slug:tool>/", tools.tool, name="tool"),
    path("compare/", compare.page, name="compare"),
    path("report/", reports.report, name="report"),
    path("helped/", feedback.feedback, name="feedback"),
    path("helped/thanks/", feedback.thanks, name="feedback_thanks"),
    path("report/thanks/", reports.thanks, name="report_thanks"),
    path("preview/<str:token>/<path:path>", preview.preview, name="preview"),
    path("accessibility/", guide.accessibility, name="accessibility"),
    path("privacy/", guide.privacy, name="privacy"),
]
