"""The addresses of asking."""

from django.urls import path

from . import views

app_name = "asking"
urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("ask/missing/", views.missing, name="missing"),
    path("guides/<slug:guide>/ask/", views.guide, name="guide"),
    path("occupations/<slug:occupation>/ask/", views.occupation, name="occupation"),
]
