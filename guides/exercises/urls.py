"""The addresses of the exercises. Items have addresses of their own, so that ready pages of them can be kept."""

from django.urls import path

from . import views

app_name = "exercises"
urlpatterns = [
    path("exercises/", views.list_page, name="list"),
    path("exercises/<slug:exercise>/", views.exercise, name="exercise"),
    path("exercises/<slug:exercise>/<slug:item>/", views.item, name="item"),
    path("exercises/<slug:exercise>/<slug:item>/answer/", views.answer, name="answer"),
    path("exercises/<slug:exercise>/<slug:item>/keep/", views.keep, name="keep"),
]
