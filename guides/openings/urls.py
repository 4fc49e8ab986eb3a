"""Addresses of the openings."""

from django.urls import path

from . import browse, views
from .pasted.views import paste

app_name = "openings"
urlpatterns = [
    path("openings/", browse.opening_list, name="list"),
    path("openings/paste/", paste, name="paste"),
    path("openings/<int:posting>/", views.show, name="posting"),
    path("openings/<int:posting>/log/", views.log, name="log"),
]
