"""Addresses of alerts."""

from django.urls import path

from . import by_key, views

app_name = "alerts"
urlpatterns = [
    path("alerts/", views.alert_list, name="list"),
    path("alerts/fitting/", views.for_plan, name="for_plan"),
    path("alerts/feed.atom", by_key.feed, name="feed"),
    path("alerts/closings.ics", by_key.closings, name="closings"),
    path("alerts/confirm/", by_key.confirm, name="confirm"),
    path("alerts/stop/", by_key.stop, name="stop"),
    path("alerts/new/", views.cut_short, name="new_cut_short"),
    path("alerts/new/<slug:subject>/", views.new, name="new"),
    path("alerts/<slug:slug>/", views.cut_short, name="alert"),
    path("alerts/<slug:slug>/feed/", views.make_feed, {"purpose": views.FEED}, name="make_feed"),
    path("alerts/<slug:slug>/closings/", views.make_feed, {"purpose": views.CLOSINGS}, name="make_closings"),
    path("alerts/<slug:slug>/mail/", views.mail, name="mail"),
    path("alerts/<slug:slug>/mail/end/", views.end_mail, name="end_mail"),
]
