"""Addresses of the occupations' pages. They are kept for good, also where a new edition drops a code."""

from django.urls import path

from . import browse, saving, views
from .exploring import views as exploring_views
from .nearness import gap_views
from .nearness import views as nearness_views

app_name = "occupations"

urlpatterns = [
    path("occupations/", browse.occupation_list, name="list"),
    path("occupations/<str:occupation>.json", views.occupation_json, name="json"),
    path("occupations/<str:occupation>.png", views.image, name="image"),
    path("occupations/<str:occupation>/", views.occupation, name="occupation"),
    path("occupations/<slug:occupation>/save/", saving.page, name="save"),
    path("occupations/<str:occupation>/gap/", gap_views.gap, name="gap"),
    path("move/", nearness_views.move, name="move"),
    path("explore/", exploring_views.explore, name="explore"),
]
